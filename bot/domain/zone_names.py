"""Zones, their cities and countries in both languages: made by ``tests/generators/zone_names.py``, which is what to edit.

From tzdata 2026f and CLDR (Babel 2.18.0). Fields are parted by ``|``, further names of one place by ``/``.
"""

from typing import Final

PLACES: Final = """\
Africa/Abidjan|CI|Abidjan
Africa/Accra|GH|Accra|Acra
Africa/Addis_Ababa|ET|Addis Ababa|Adis Abeba|Adis-Abeba
Africa/Algiers|DZ|Algiers|Argel
Africa/Asmara|ER|Asmara
Africa/Bamako|ML|Bamako||Bamaco
Africa/Bangui|CF|Bangui
Africa/Banjul|GM|Banjul
Africa/Bissau|GW|Bissau
Africa/Blantyre|MW|Blantyre
Africa/Brazzaville|CG|Brazzaville
Africa/Bujumbura|BI|Bujumbura
Africa/Cairo|EG|Cairo
Africa/Casablanca|MA|Casablanca
Africa/Ceuta|ES|Ceuta
Africa/Conakry|GN|Conakry|Conacri
Africa/Dakar|SN|Dakar||Dacar
Africa/Dar_es_Salaam|TZ|Dar es Salaam
Africa/Djibouti|DJ|Djibouti|Djibuti|Jibuti
Africa/Douala|CM|Douala
Africa/El_Aaiun|EH|El Aaiun|El Aaiún
Africa/Freetown|SL|Freetown
Africa/Gaborone|BW|Gaborone
Africa/Harare|ZW|Harare
Africa/Johannesburg|ZA|Johannesburg|Joanesburgo
Africa/Juba|SS|Juba
Africa/Kampala|UG|Kampala||Campala
Africa/Khartoum|SD|Khartoum|Cartum
Africa/Kigali|RW|Kigali
Africa/Kinshasa|CD|Kinshasa
Africa/Lagos|NG|Lagos
Africa/Libreville|GA|Libreville
Africa/Lome|TG|Lome|Lomé
Africa/Luanda|AO|Luanda
Africa/Lubumbashi|CD|Lubumbashi
Africa/Lusaka|ZM|Lusaka||Lusaca
Africa/Malabo|GQ|Malabo
Africa/Maputo|MZ|Maputo
Africa/Maseru|LS|Maseru
Africa/Mbabane|SZ|Mbabane
Africa/Mogadishu|SO|Mogadishu|Mogadíscio
Africa/Monrovia|LR|Monrovia|Monróvia
Africa/Nairobi|KE|Nairobi|Nairóbi
Africa/Ndjamena|TD|Ndjamena|N’Djamena
Africa/Niamey|NE|Niamey||Niamei
Africa/Nouakchott|MR|Nouakchott
Africa/Ouagadougou|BF|Ouagadougou
Africa/Porto-Novo|BJ|Porto-Novo|Porto Novo
Africa/Sao_Tome|ST|São Tomé
Africa/Tripoli|LY|Tripoli|Trípoli
Africa/Tunis|TN|Tunis|Túnis|Tunes
Africa/Windhoek|NA|Windhoek
America/Adak|US|Adak
America/Anchorage|US|Anchorage
America/Anguilla|AI|Anguilla|Anguila
America/Antigua|AG|Antigua|Antígua
America/Araguaina|BR|Araguaina|Araguaína
America/Argentina/Buenos_Aires|AR|Buenos Aires
America/Argentina/Catamarca|AR|Catamarca
America/Argentina/Cordoba|AR|Cordoba|Córdoba
America/Argentina/Jujuy|AR|Jujuy
America/Argentina/La_Rioja|AR|La Rioja
America/Argentina/Mendoza|AR|Mendoza
America/Argentina/Rio_Gallegos|AR|Rio Gallegos
America/Argentina/Salta|AR|Salta
America/Argentina/San_Juan|AR|San Juan
America/Argentina/San_Luis|AR|San Luis
America/Argentina/Tucuman|AR|Tucuman|Tucumã|Tucumán
America/Argentina/Ushuaia|AR|Ushuaia
America/Aruba|AW|Aruba
America/Asuncion|PY|Asunción|Assunção
America/Atikokan|CA|Atikokan
America/Bahia|BR|Bahia||Baía
America/Bahia_Banderas|MX|Bahía de Banderas|Bahia de Banderas|Bahia Banderas
America/Barbados|BB|Barbados
America/Belem|BR|Belem|Belém
America/Belize|BZ|Belize
America/Blanc-Sablon|CA|Blanc-Sablon
America/Boa_Vista|BR|Boa Vista
America/Bogota|CO|Bogota|Bogotá
America/Boise|US|Boise
America/Cambridge_Bay|CA|Cambridge Bay
America/Campo_Grande|BR|Campo Grande
America/Cancun|MX|Cancún||Cancun
America/Caracas|VE|Caracas
America/Cayenne|GF|Cayenne|Caiena
America/Cayman|KY|Cayman||Caimão
America/Chicago|US|Chicago
America/Chihuahua|MX|Chihuahua
America/Ciudad_Juarez|MX|Ciudad Juárez
America/Costa_Rica|CR|Costa Rica
America/Coyhaique|CL|Coyhaique
America/Creston|CA|Creston
America/Cuiaba|BR|Cuiaba|Cuiabá
America/Curacao|CW|Curaçao||Curaçau
America/Danmarkshavn|GL|Danmarkshavn
America/Dawson|CA|Dawson
America/Dawson_Creek|CA|Dawson Creek
America/Denver|US|Denver
America/Detroit|US|Detroit
America/Dominica|DM|Dominica||Domínica
America/Edmonton|CA|Edmonton
America/Eirunepe|BR|Eirunepe|Eirunepé
America/El_Salvador|SV|El Salvador||Salvador
America/Fort_Nelson|CA|Fort Nelson
America/Fortaleza|BR|Fortaleza||Ceará
America/Glace_Bay|CA|Glace Bay
America/Goose_Bay|CA|Goose Bay
America/Grand_Turk|TC|Grand Turk
America/Grenada|GD|Grenada|Granada
America/Guadeloupe|GP|Guadeloupe|Guadalupe
America/Guatemala|GT|Guatemala
America/Guayaquil|EC|Guayaquil|Guaiaquil
America/Guyana|GY|Guyana|Guiana
America/Halifax|CA|Halifax
America/Havana|CU|Havana
America/Hermosillo|MX|Hermosillo
America/Indiana/Indianapolis|US|Indianapolis|Indianápolis
America/Indiana/Knox|US|Knox, Indiana
America/Indiana/Marengo|US|Marengo, Indiana
America/Indiana/Petersburg|US|Petersburg, Indiana
America/Indiana/Tell_City|US|Tell City, Indiana
America/Indiana/Vevay|US|Vevay, Indiana
America/Indiana/Vincennes|US|Vincennes, Indiana
America/Indiana/Winamac|US|Winamac, Indiana
America/Inuvik|CA|Inuvik
America/Iqaluit|CA|Iqaluit
America/Jamaica|JM|Jamaica
America/Juneau|US|Juneau
America/Kentucky/Louisville|US|Louisville
America/Kentucky/Monticello|US|Monticello, Kentucky
America/Kralendijk|BQ|Kralendijk
America/La_Paz|BO|La Paz
America/Lima|PE|Lima
America/Los_Angeles|US|Los Angeles||LA
America/Lower_Princes|SX|Lower Prince’s Quarter
America/Maceio|BR|Maceio|Maceió
America/Managua|NI|Managua|Manágua
America/Manaus|BR|Manaus
America/Marigot|MF|Marigot
America/Martinique|MQ|Martinique|Martinica
America/Matamoros|MX|Matamoros
America/Mazatlan|MX|Mazatlan
America/Menominee|US|Menominee
America/Merida|MX|Mérida
America/Metlakatla|US|Metlakatla
America/Mexico_City|MX|Mexico City|Cidade do México
America/Miquelon|PM|Miquelon
America/Moncton|CA|Moncton
America/Monterrey|MX|Monterrey
America/Montevideo|UY|Montevideo|Montevidéu|Montevideu
America/Montserrat|MS|Montserrat||Monserrate
America/Nassau|BS|Nassau
America/New_York|US|New York|Nova York|Nova Iorque/NYC/New York City
America/Nome|US|Nome
America/Noronha|BR|Fernando de Noronha||Fernando de Noronha
America/North_Dakota/Beulah|US|Beulah, North Dakota|Beulah, Dakota do Norte
America/North_Dakota/Center|US|Center, North Dakota|Center, Dakota do Norte
America/North_Dakota/New_Salem|US|New Salem, North Dakota|New Salen, Dakota do Norte
America/Nuuk|GL|Nuuk
America/Ojinaga|MX|Ojinaga
America/Panama|PA|Panama|Panamá
America/Paramaribo|SR|Paramaribo
America/Phoenix|US|Phoenix
America/Port-au-Prince|HT|Port-au-Prince|Porto Príncipe
America/Port_of_Spain|TT|Port of Spain||Porto de Espanha
America/Porto_Velho|BR|Porto Velho
America/Puerto_Rico|PR|Puerto Rico|Porto Rico
America/Punta_Arenas|CL|Punta Arenas
America/Rankin_Inlet|CA|Rankin Inlet
America/Recife|BR|Recife||Pernambuco
America/Regina|CA|Regina
America/Resolute|CA|Resolute
America/Rio_Branco|BR|Rio Branco
America/Santarem|BR|Santarem|Santarém
America/Santiago|CL|Santiago
America/Santo_Domingo|DO|Santo Domingo
America/Sao_Paulo|BR|Sao Paulo|São Paulo
America/Scoresbysund|GL|Ittoqqortoormiit
America/Sitka|US|Sitka
America/St_Barthelemy|BL|St. Barthélemy|São Bartolomeu
America/St_Johns|CA|St. John’s|Saint John’s
America/St_Kitts|KN|St. Kitts|São Cristóvão
America/St_Lucia|LC|St. Lucia|Santa Lúcia
America/St_Thomas|VI|St. Thomas|Saint Thomas
America/St_Vincent|VC|St. Vincent|São Vicente
America/Swift_Current|CA|Swift Current
America/Tegucigalpa|HN|Tegucigalpa
America/Thule|GL|Thule
America/Tijuana|MX|Tijuana
America/Toronto|CA|Toronto
America/Tortola|VG|Tortola
America/Vancouver|CA|Vancouver
America/Whitehorse|CA|Whitehorse
America/Winnipeg|CA|Winnipeg
America/Yakutat|US|Yakutat
Antarctica/Casey|AQ|Casey
Antarctica/Davis|AQ|Davis
Antarctica/DumontDUrville|AQ|Dumont-d’Urville
Antarctica/Macquarie|AU|Macquarie Island|Macquarie
Antarctica/Mawson|AQ|Mawson
Antarctica/McMurdo|AQ|McMurdo
Antarctica/Palmer|AQ|Palmer
Antarctica/Rothera|AQ|Rothera
Antarctica/Syowa|AQ|Syowa
Antarctica/Troll|AQ|Troll
Antarctica/Vostok|AQ|Vostok
Arctic/Longyearbyen|SJ|Longyearbyen
Asia/Aden|YE|Aden|Áden|Adem
Asia/Almaty|KZ|Almaty
Asia/Amman|JO|Amman|Amã
Asia/Anadyr|RU|Anadyr
Asia/Aqtau|KZ|Aqtau|Aktau
Asia/Aqtobe|KZ|Aqtobe|Aktobe
Asia/Ashgabat|TM|Ashgabat|Asgabate
Asia/Atyrau|KZ|Atyrau
Asia/Baghdad|IQ|Baghdad|Bagdá|Bagdade
Asia/Bahrain|BH|Bahrain|Bahrein|Barém
Asia/Baku|AZ|Baku
Asia/Bangkok|TH|Bangkok||Banguecoque
Asia/Barnaul|RU|Barnaul
Asia/Beirut|LB|Beirut|Beirute
Asia/Bishkek|KG|Bishkek
Asia/Brunei|BN|Brunei
Asia/Chita|RU|Chita
Asia/Colombo|LK|Colombo
Asia/Damascus|SY|Damascus|Damasco
Asia/Dhaka|BD|Dhaka|Dacca|Daca
Asia/Dili|TL|Dili
Asia/Dubai|AE|Dubai
Asia/Dushanbe|TJ|Dushanbe|Duchambe
Asia/Famagusta|CY|Famagusta
Asia/Gaza|PS|Gaza
Asia/Hebron|PS|Hebron
Asia/Ho_Chi_Minh|VN|Ho Chi Minh City|Cidade de Ho Chi Minh
Asia/Hong_Kong|HK|Hong Kong
Asia/Hovd|MN|Hovd
Asia/Irkutsk|RU|Irkutsk
Asia/Jakarta|ID|Jakarta|Jacarta
Asia/Jayapura|ID|Jayapura
Asia/Jerusalem|IL|Jerusalem|Jerusalém|Jerusalém
Asia/Kabul|AF|Kabul|Cabul
Asia/Kamchatka|RU|Kamchatka
Asia/Karachi|PK|Karachi||Carachi
Asia/Kathmandu|NP|Kathmandu|Katmandu|Catmandu
Asia/Khandyga|RU|Khandyga
Asia/Kolkata|IN|Kolkata|Calcutá
Asia/Krasnoyarsk|RU|Krasnoyarsk
Asia/Kuala_Lumpur|MY|Kuala Lumpur
Asia/Kuching|MY|Kuching
Asia/Kuwait|KW|Kuwait||Koweit
Asia/Macau|MO|Macao|Macau
Asia/Magadan|RU|Magadan
Asia/Makassar|ID|Makassar||Macassar
Asia/Manila|PH|Manila
Asia/Muscat|OM|Muscat|Mascate
Asia/Nicosia|CY|Nicosia|Nicósia
Asia/Novokuznetsk|RU|Novokuznetsk
Asia/Novosibirsk|RU|Novosibirsk
Asia/Omsk|RU|Omsk
Asia/Oral|KZ|Oral
Asia/Phnom_Penh|KH|Phnom Penh
Asia/Pontianak|ID|Pontianak
Asia/Pyongyang|KP|Pyongyang
Asia/Qatar|QA|Qatar|Catar
Asia/Qostanay|KZ|Kostanay|Qostanay
Asia/Qyzylorda|KZ|Qyzylorda
Asia/Riyadh|SA|Riyadh|Riade
Asia/Sakhalin|RU|Sakhalin|Sacalina
Asia/Samarkand|UZ|Samarkand|Samarcanda
Asia/Seoul|KR|Seoul|Seul
Asia/Shanghai|CN|Shanghai|Xangai
Asia/Singapore|SG|Singapore|Singapura
Asia/Srednekolymsk|RU|Srednekolymsk
Asia/Taipei|TW|Taipei||Taipé
Asia/Tashkent|UZ|Tashkent
Asia/Tbilisi|GE|Tbilisi
Asia/Tehran|IR|Tehran|Teerã|Teerão
Asia/Thimphu|BT|Thimphu||Timphu
Asia/Tokyo|JP|Tokyo|Tóquio
Asia/Tomsk|RU|Tomsk
Asia/Ulaanbaatar|MN|Ulaanbaatar|Ulan Bator
Asia/Urumqi|CN|Urumqi
Asia/Ust-Nera|RU|Ust-Nera
Asia/Vientiane|LA|Vientiane
Asia/Vladivostok|RU|Vladivostok
Asia/Yakutsk|RU|Yakutsk
Asia/Yangon|MM|Yangon|Rangum
Asia/Yekaterinburg|RU|Yekaterinburg|Ecaterimburgo
Asia/Yerevan|AM|Yerevan||Erevan
Atlantic/Azores|PT|Azores|Açores
Atlantic/Bermuda|BM|Bermuda|Bermudas
Atlantic/Canary|ES|Canary|Canárias
Atlantic/Cape_Verde|CV|Cape Verde|Cabo Verde
Atlantic/Faroe|FO|Faroe|Ilhas Faroé|Faroé
Atlantic/Madeira|PT|Madeira
Atlantic/Reykjavik|IS|Reykjavik|Reykjavík|Reiquiavique
Atlantic/South_Georgia|GS|South Georgia|Geórgia do Sul
Atlantic/St_Helena|SH|St. Helena|Santa Helena
Atlantic/Stanley|FK|Stanley
Australia/Adelaide|AU|Adelaide
Australia/Brisbane|AU|Brisbane
Australia/Broken_Hill|AU|Broken Hill
Australia/Darwin|AU|Darwin
Australia/Eucla|AU|Eucla
Australia/Hobart|AU|Hobart
Australia/Lindeman|AU|Lindeman
Australia/Lord_Howe|AU|Lord Howe Island|Lord Howe|Ilha de Lord Howe
Australia/Melbourne|AU|Melbourne
Australia/Perth|AU|Perth
Australia/Sydney|AU|Sydney
Europe/Amsterdam|NL|Amsterdam|Amsterdã|Amesterdão
Europe/Andorra|AD|Andorra
Europe/Astrakhan|RU|Astrakhan|Astracã
Europe/Athens|GR|Athens|Atenas
Europe/Belgrade|RS|Belgrade|Belgrado
Europe/Berlin|DE|Berlin|Berlim
Europe/Bratislava|SK|Bratislava
Europe/Brussels|BE|Brussels|Bruxelas
Europe/Bucharest|RO|Bucharest|Bucareste
Europe/Budapest|HU|Budapest|Budapeste
Europe/Busingen|DE|Busingen|Büsingen
Europe/Chisinau|MD|Chisinau
Europe/Copenhagen|DK|Copenhagen|Copenhague|Copenhaga
Europe/Dublin|IE|Dublin
Europe/Gibraltar|GI|Gibraltar
Europe/Guernsey|GG|Guernsey
Europe/Helsinki|FI|Helsinki|Helsinque|Helsínquia
Europe/Isle_of_Man|IM|Isle of Man|Ilha de Man
Europe/Istanbul|TR|Istanbul|Istambul
Europe/Jersey|JE|Jersey
Europe/Kaliningrad|RU|Kaliningrad|Kaliningrado|Caliningrado
Europe/Kirov|RU|Kirov
Europe/Kyiv|UA|Kyiv|Kiev
Europe/Lisbon|PT|Lisbon|Lisboa
Europe/Ljubljana|SI|Ljubljana|Liubliana
Europe/London|GB|London|Londres
Europe/Luxembourg|LU|Luxembourg|Luxemburgo
Europe/Madrid|ES|Madrid|Madri
Europe/Malta|MT|Malta
Europe/Mariehamn|AX|Mariehamn
Europe/Minsk|BY|Minsk
Europe/Monaco|MC|Monaco|Mônaco|Mónaco
Europe/Moscow|RU|Moscow|Moscou|Moscovo
Europe/Oslo|NO|Oslo
Europe/Paris|FR|Paris
Europe/Podgorica|ME|Podgorica
Europe/Prague|CZ|Prague|Praga
Europe/Riga|LV|Riga
Europe/Rome|IT|Rome|Roma
Europe/Samara|RU|Samara
Europe/San_Marino|SM|San Marino||São Marinho
Europe/Sarajevo|BA|Sarajevo
Europe/Saratov|RU|Saratov
Europe/Simferopol|UA|Simferopol
Europe/Skopje|MK|Skopje
Europe/Sofia|BG|Sofia|Sófia
Europe/Stockholm|SE|Stockholm|Estocolmo
Europe/Tallinn|EE|Tallinn||Talim
Europe/Tirane|AL|Tirane|Tirana
Europe/Ulyanovsk|RU|Ulyanovsk|Ulianovsk
Europe/Vaduz|LI|Vaduz
Europe/Vatican|VA|Vatican|Vaticano
Europe/Vienna|AT|Vienna|Viena
Europe/Vilnius|LT|Vilnius
Europe/Volgograd|RU|Volgograd|Volgogrado
Europe/Warsaw|PL|Warsaw|Varsóvia
Europe/Zagreb|HR|Zagreb
Europe/Zurich|CH|Zurich|Zurique
Indian/Antananarivo|MG|Antananarivo
Indian/Chagos|IO|Chagos
Indian/Christmas|CX|Christmas Island|Christmas|Ilha do Natal
Indian/Cocos|CC|Cocos Islands|Cocos|Ilhas Cocos
Indian/Comoro|KM|Comoro|Comores
Indian/Kerguelen|TF|Kerguelen
Indian/Mahe|SC|Mahe|Mahé
Indian/Maldives|MV|Maldives|Maldivas
Indian/Mauritius|MU|Mauritius|Maurício|Maurícia
Indian/Mayotte|YT|Mayotte
Indian/Reunion|RE|Réunion|Reunião
Pacific/Apia|WS|Apia
Pacific/Auckland|NZ|Auckland
Pacific/Bougainville|PG|Bougainville
Pacific/Chatham|NZ|Chatham|Chatnam
Pacific/Chuuk|FM|Chuuk
Pacific/Easter|CL|Easter Island|Ilha de Páscoa|Ilha da Páscoa
Pacific/Efate|VU|Efate|Éfaté
Pacific/Fakaofo|TK|Fakaofo
Pacific/Fiji|FJ|Fiji
Pacific/Funafuti|TV|Funafuti
Pacific/Galapagos|EC|Galapagos|Galápagos
Pacific/Gambier|PF|Gambier
Pacific/Guadalcanal|SB|Guadalcanal
Pacific/Guam|GU|Guam
Pacific/Honolulu|US|Honolulu
Pacific/Kanton|KI|Kanton|Enderbury
Pacific/Kiritimati|KI|Kiritimati
Pacific/Kosrae|FM|Kosrae
Pacific/Kwajalein|MH|Kwajalein
Pacific/Majuro|MH|Majuro
Pacific/Marquesas|PF|Marquesas
Pacific/Midway|UM|Midway
Pacific/Nauru|NR|Nauru
Pacific/Niue|NU|Niue
Pacific/Norfolk|NF|Norfolk Island|Norfolk
Pacific/Noumea|NC|Noumea|Nouméa
Pacific/Pago_Pago|AS|Pago Pago
Pacific/Palau|PW|Palau
Pacific/Pitcairn|PN|Pitcairn||Ilhas Pitcairn
Pacific/Pohnpei|FM|Pohnpei
Pacific/Port_Moresby|PG|Port Moresby
Pacific/Rarotonga|CK|Rarotonga
Pacific/Saipan|MP|Saipan
Pacific/Tahiti|PF|Tahiti|Taiti
Pacific/Tarawa|KI|Tarawa|Taraua
Pacific/Tongatapu|TO|Tongatapu
Pacific/Wake|UM|Wake Island|Wake
Pacific/Wallis|WF|Wallis
America/Sao_Paulo|BR|Rio de Janeiro
America/Sao_Paulo|BR|Brasília
America/Sao_Paulo|BR|Belo Horizonte
America/Sao_Paulo|BR|Curitiba
America/Sao_Paulo|BR|Porto Alegre
America/Sao_Paulo|BR|Florianópolis
America/Sao_Paulo|BR|Goiânia
America/Sao_Paulo|BR|Vitória
America/Sao_Paulo|BR|Campinas
America/Bahia|BR|Salvador
America/Fortaleza|BR|Natal
America/Fortaleza|BR|São Luís
America/Fortaleza|BR|Teresina
America/Fortaleza|BR|João Pessoa
America/Maceio|BR|Aracaju
America/Belem|BR|Macapá
America/Araguaina|BR|Palmas
Europe/Lisbon|PT|Porto
Europe/Lisbon|PT|Coimbra
Europe/Lisbon|PT|Braga
Atlantic/Madeira|PT|Funchal
Atlantic/Azores|PT|Ponta Delgada
America/New_York|US|Washington
America/New_York|US|Boston
America/New_York|US|Miami
America/New_York|US|Philadelphia|Filadélfia
America/New_York|US|Atlanta
America/New_York|US|Orlando
America/New_York|US|Pittsburgh
America/New_York|US|Cleveland
America/New_York|US|Charlotte
America/Chicago|US|Houston
America/Chicago|US|Dallas
America/Chicago|US|Austin
America/Chicago|US|San Antonio
America/Chicago|US|New Orleans|Nova Orleans
America/Chicago|US|Minneapolis
America/Chicago|US|St. Louis
America/Chicago|US|Nashville
America/Denver|US|Salt Lake City
America/Denver|US|Albuquerque
America/Los_Angeles|US|San Francisco|São Francisco
America/Los_Angeles|US|Hollywood
America/Los_Angeles|US|San Diego
America/Los_Angeles|US|San Jose
America/Los_Angeles|US|Seattle
America/Los_Angeles|US|Portland
America/Los_Angeles|US|Las Vegas
America/Los_Angeles|US|Sacramento
Pacific/Honolulu|US|Hawaii|Havaí
America/Anchorage|US|Alaska|Alasca
America/Toronto|CA|Montreal
America/Toronto|CA|Ottawa
America/Toronto|CA|Quebec
America/Edmonton|CA|Calgary
America/Mexico_City|MX|Guadalajara
America/Argentina/Cordoba|AR|Rosario
America/Santiago|CL|Valparaíso
America/Bogota|CO|Medellín
America/Guayaquil|EC|Quito
America/La_Paz|BO|Santa Cruz de la Sierra
Europe/London|GB|Edinburgh|Edimburgo
Europe/London|GB|Manchester
Europe/London|GB|Birmingham
Europe/London|GB|Glasgow
Europe/London|GB|Cardiff
Europe/London|GB|Belfast
Europe/Paris|FR|Marseille|Marselha
Europe/Paris|FR|Lyon
Europe/Paris|FR|Nice
Europe/Paris|FR|Toulouse
Europe/Berlin|DE|Munich|Munique
Europe/Berlin|DE|Hamburg|Hamburgo
Europe/Berlin|DE|Frankfurt
Europe/Berlin|DE|Cologne|Colônia
Europe/Berlin|DE|Stuttgart
Europe/Madrid|ES|Barcelona
Europe/Madrid|ES|Valencia|Valência
Europe/Madrid|ES|Seville|Sevilha
Europe/Rome|IT|Milan|Milão
Europe/Rome|IT|Venice|Veneza
Europe/Rome|IT|Florence|Florença
Europe/Rome|IT|Naples|Nápoles
Europe/Rome|IT|Turin|Turim
Europe/Zurich|CH|Geneva|Genebra
Europe/Zurich|CH|Bern|Berna
Europe/Zurich|CH|Basel|Basileia
Europe/Amsterdam|NL|Rotterdam|Roterdã
Europe/Brussels|BE|Antwerp|Antuérpia
Europe/Warsaw|PL|Kraków|Cracóvia
Europe/Moscow|RU|Saint Petersburg|São Petersburgo
Europe/Istanbul|TR|Ankara|Ancara
Asia/Jerusalem|IL|Tel Aviv
Asia/Dubai|AE|Abu Dhabi
Asia/Riyadh|SA|Mecca|Meca
Asia/Kolkata|IN|Mumbai
Asia/Kolkata|IN|New Delhi|Nova Délhi
Asia/Kolkata|IN|Delhi|Délhi
Asia/Kolkata|IN|Bangalore
Asia/Kolkata|IN|Chennai
Asia/Kolkata|IN|Hyderabad
Asia/Karachi|PK|Islamabad
Asia/Karachi|PK|Lahore
Asia/Shanghai|CN|Beijing|Pequim
Asia/Shanghai|CN|Guangzhou|Cantão
Asia/Shanghai|CN|Shenzhen
Asia/Tokyo|JP|Osaka
Asia/Tokyo|JP|Kyoto|Quioto
Asia/Seoul|KR|Busan
Asia/Ho_Chi_Minh|VN|Hanoi|Hanói
Australia/Sydney|AU|Canberra
Pacific/Auckland|NZ|Wellington
Africa/Johannesburg|ZA|Cape Town|Cidade do Cabo
Africa/Lagos|NG|Abuja
Africa/Casablanca|MA|Rabat
Africa/Casablanca|MA|Marrakesh|Marraquexe
"""
"""zone|country|English|Portuguese, where it differs|further names"""

COUNTRIES: Final = """\
AD|Andorra|Andorra
AE|United Arab Emirates|Emirados Árabes Unidos|UAE/EAU
AF|Afghanistan|Afeganistão
AG|Antigua & Barbuda|Antígua e Barbuda
AI|Anguilla|Anguila
AL|Albania|Albânia
AM|Armenia|Armênia
AO|Angola|Angola
AQ|Antarctica|Antártida
AR|Argentina|Argentina
AS|American Samoa|Samoa Americana
AT|Austria|Áustria
AU|Australia|Austrália
AW|Aruba|Aruba
AX|Åland Islands|Ilhas Aland
AZ|Azerbaijan|Azerbaijão
BA|Bosnia & Herzegovina|Bósnia e Herzegovina
BB|Barbados|Barbados
BD|Bangladesh|Bangladesh
BE|Belgium|Bélgica
BF|Burkina Faso|Burquina Faso
BG|Bulgaria|Bulgária
BH|Bahrain|Barein
BI|Burundi|Burundi
BJ|Benin|Benin
BL|St. Barthélemy|São Bartolomeu
BM|Bermuda|Bermudas
BN|Brunei|Brunei
BO|Bolivia|Bolívia
BQ|Caribbean Netherlands|Países Baixos Caribenhos
BR|Brazil|Brasil
BS|Bahamas|Bahamas
BT|Bhutan|Butão
BW|Botswana|Botsuana
BY|Belarus|Bielorrússia
BZ|Belize|Belize
CA|Canada|Canadá
CC|Cocos (Keeling) Islands|Ilhas Cocos (Keeling)
CD|Congo - Kinshasa|Congo - Kinshasa
CF|Central African Republic|República Centro-Africana
CG|Congo - Brazzaville|República do Congo
CH|Switzerland|Suíça
CI|Côte d’Ivoire|Costa do Marfim|Ivory Coast
CK|Cook Islands|Ilhas Cook
CL|Chile|Chile
CM|Cameroon|Camarões
CN|China|China
CO|Colombia|Colômbia
CR|Costa Rica|Costa Rica
CU|Cuba|Cuba
CV|Cape Verde|Cabo Verde
CW|Curaçao|Curaçao
CX|Christmas Island|Ilha Christmas
CY|Cyprus|Chipre
CZ|Czechia|Tchéquia|Czech Republic/Chéquia
DE|Germany|Alemanha
DJ|Djibouti|Djibuti
DK|Denmark|Dinamarca
DM|Dominica|Dominica
DO|Dominican Republic|República Dominicana
DZ|Algeria|Argélia
EC|Ecuador|Equador
EE|Estonia|Estônia
EG|Egypt|Egito
EH|Western Sahara|Saara Ocidental
ER|Eritrea|Eritreia
ES|Spain|Espanha
ET|Ethiopia|Etiópia
FI|Finland|Finlândia
FJ|Fiji|Fiji
FK|Falkland Islands|Ilhas Malvinas
FM|Micronesia|Micronésia
FO|Faroe Islands|Ilhas Faroé
FR|France|França
GA|Gabon|Gabão
GB|United Kingdom|Reino Unido|UK/England/Scotland/Wales/Great Britain/Inglaterra/Escócia/Grã-Bretanha
GD|Grenada|Granada
GE|Georgia|Geórgia
GF|French Guiana|Guiana Francesa
GG|Guernsey|Guernsey
GH|Ghana|Gana
GI|Gibraltar|Gibraltar
GL|Greenland|Groenlândia
GM|Gambia|Gâmbia
GN|Guinea|Guiné
GP|Guadeloupe|Guadalupe
GQ|Equatorial Guinea|Guiné Equatorial
GR|Greece|Grécia
GS|South Georgia & South Sandwich Islands|Ilhas Geórgia do Sul e Sandwich do Sul
GT|Guatemala|Guatemala
GU|Guam|Guam
GW|Guinea-Bissau|Guiné-Bissau
GY|Guyana|Guiana
HK|Hong Kong SAR China|Hong Kong, RAE da China
HN|Honduras|Honduras
HR|Croatia|Croácia
HT|Haiti|Haiti
HU|Hungary|Hungria
ID|Indonesia|Indonésia
IE|Ireland|Irlanda
IL|Israel|Israel
IM|Isle of Man|Ilha de Man
IN|India|Índia
IO|British Indian Ocean Territory|Território Britânico do Oceano Índico
IQ|Iraq|Iraque
IR|Iran|Irã|Persia
IS|Iceland|Islândia
IT|Italy|Itália
JE|Jersey|Jersey
JM|Jamaica|Jamaica
JO|Jordan|Jordânia
JP|Japan|Japão
KE|Kenya|Quênia
KG|Kyrgyzstan|Quirguistão
KH|Cambodia|Camboja
KI|Kiribati|Quiribati
KM|Comoros|Comores
KN|St. Kitts & Nevis|São Cristóvão e Névis
KP|North Korea|Coreia do Norte
KR|South Korea|Coreia do Sul|Coreia
KW|Kuwait|Kuwait
KY|Cayman Islands|Ilhas Cayman
KZ|Kazakhstan|Cazaquistão
LA|Laos|Laos
LB|Lebanon|Líbano
LC|St. Lucia|Santa Lúcia
LI|Liechtenstein|Liechtenstein
LK|Sri Lanka|Sri Lanka
LR|Liberia|Libéria
LS|Lesotho|Lesoto
LT|Lithuania|Lituânia
LU|Luxembourg|Luxemburgo
LV|Latvia|Letônia
LY|Libya|Líbia
MA|Morocco|Marrocos
MC|Monaco|Mônaco
MD|Moldova|Moldávia
ME|Montenegro|Montenegro
MF|St. Martin|São Martinho
MG|Madagascar|Madagascar
MH|Marshall Islands|Ilhas Marshall
MK|North Macedonia|Macedônia do Norte
ML|Mali|Mali
MM|Myanmar (Burma)|Mianmar (Birmânia)|Burma/Birmânia
MN|Mongolia|Mongólia
MO|Macao SAR China|Macau, RAE da China
MP|Northern Mariana Islands|Ilhas Marianas do Norte
MQ|Martinique|Martinica
MR|Mauritania|Mauritânia
MS|Montserrat|Montserrat
MT|Malta|Malta
MU|Mauritius|Maurício
MV|Maldives|Maldivas
MW|Malawi|Malaui
MX|Mexico|México
MY|Malaysia|Malásia
MZ|Mozambique|Moçambique
NA|Namibia|Namíbia
NC|New Caledonia|Nova Caledônia
NE|Niger|Níger
NF|Norfolk Island|Ilha Norfolk
NG|Nigeria|Nigéria
NI|Nicaragua|Nicarágua
NL|Netherlands|Países Baixos|Holland/Holanda
NO|Norway|Noruega
NP|Nepal|Nepal
NR|Nauru|Nauru
NU|Niue|Niue
NZ|New Zealand|Nova Zelândia
OM|Oman|Omã
PA|Panama|Panamá
PE|Peru|Peru
PF|French Polynesia|Polinésia Francesa
PG|Papua New Guinea|Papua-Nova Guiné
PH|Philippines|Filipinas
PK|Pakistan|Paquistão
PL|Poland|Polônia|Polônia/Polónia
PM|St. Pierre & Miquelon|São Pedro e Miquelão
PN|Pitcairn Islands|Ilhas Pitcairn
PR|Puerto Rico|Porto Rico
PS|Palestinian Territories|Territórios palestinos
PT|Portugal|Portugal
PW|Palau|Palau
PY|Paraguay|Paraguai
QA|Qatar|Catar
RE|Réunion|Reunião
RO|Romania|Romênia
RS|Serbia|Sérvia
RU|Russia|Rússia
RW|Rwanda|Ruanda
SA|Saudi Arabia|Arábia Saudita
SB|Solomon Islands|Ilhas Salomão
SC|Seychelles|Seicheles
SD|Sudan|Sudão
SE|Sweden|Suécia
SG|Singapore|Singapura
SH|St. Helena|Santa Helena
SI|Slovenia|Eslovênia
SJ|Svalbard & Jan Mayen|Svalbard e Jan Mayen
SK|Slovakia|Eslováquia
SL|Sierra Leone|Serra Leoa
SM|San Marino|San Marino
SN|Senegal|Senegal
SO|Somalia|Somália
SR|Suriname|Suriname
SS|South Sudan|Sudão do Sul
ST|São Tomé & Príncipe|São Tomé e Príncipe
SV|El Salvador|El Salvador
SX|Sint Maarten|Sint Maarten
SY|Syria|Síria
SZ|Eswatini|Essuatíni
TC|Turks & Caicos Islands|Ilhas Turcas e Caicos
TD|Chad|Chade
TF|French Southern Territories|Territórios Franceses do Sul
TG|Togo|Togo
TH|Thailand|Tailândia
TJ|Tajikistan|Tadjiquistão
TK|Tokelau|Tokelau
TL|Timor-Leste|Timor-Leste
TM|Turkmenistan|Turcomenistão
TN|Tunisia|Tunísia
TO|Tonga|Tonga
TR|Türkiye|Turquia|Turkey
TT|Trinidad & Tobago|Trinidad e Tobago
TV|Tuvalu|Tuvalu
TW|Taiwan|Taiwan
TZ|Tanzania|Tanzânia
UA|Ukraine|Ucrânia
UG|Uganda|Uganda
UM|U.S. Outlying Islands|Ilhas Menores Distantes dos EUA
US|United States|Estados Unidos|USA/United States of America/America/EUA/Estados Unidos da América
UY|Uruguay|Uruguai
UZ|Uzbekistan|Uzbequistão
VA|Vatican City|Cidade do Vaticano
VC|St. Vincent & Grenadines|São Vicente e Granadinas
VE|Venezuela|Venezuela
VG|British Virgin Islands|Ilhas Virgens Britânicas
VI|U.S. Virgin Islands|Ilhas Virgens Americanas
VN|Vietnam|Vietnã|Viet Nam/Vietnã
VU|Vanuatu|Vanuatu
WF|Wallis & Futuna|Wallis e Futuna
WS|Samoa|Samoa
YE|Yemen|Iêmen
YT|Mayotte|Mayotte
ZA|South Africa|África do Sul
ZM|Zambia|Zâmbia
ZW|Zimbabwe|Zimbábue
"""
"""code|English|Portuguese|further names"""

LINKS: Final = """\
Africa/Asmera|Africa/Asmara
Africa/Timbuktu|Africa/Bamako
America/Argentina/ComodRivadavia|America/Argentina/Catamarca
America/Atka|America/Adak
America/Buenos_Aires|America/Argentina/Buenos_Aires
America/Catamarca|America/Argentina/Catamarca
America/Coral_Harbour|America/Atikokan
America/Cordoba|America/Argentina/Cordoba
America/Ensenada|America/Tijuana
America/Fort_Wayne|America/Indiana/Indianapolis
America/Godthab|America/Nuuk
America/Indianapolis|America/Indiana/Indianapolis
America/Jujuy|America/Argentina/Jujuy
America/Knox_IN|America/Indiana/Knox
America/Louisville|America/Kentucky/Louisville
America/Mendoza|America/Argentina/Mendoza
America/Montreal|America/Toronto
America/Nipigon|America/Toronto
America/Pangnirtung|America/Iqaluit
America/Porto_Acre|America/Rio_Branco
America/Rainy_River|America/Winnipeg
America/Rosario|America/Argentina/Cordoba
America/Santa_Isabel|America/Tijuana
America/Shiprock|America/Denver
America/Thunder_Bay|America/Toronto
America/Virgin|America/St_Thomas
America/Yellowknife|America/Edmonton
Antarctica/South_Pole|Pacific/Auckland
Asia/Ashkhabad|Asia/Ashgabat
Asia/Calcutta|Asia/Kolkata
Asia/Choibalsan|Asia/Ulaanbaatar
Asia/Chongqing|Asia/Shanghai
Asia/Chungking|Asia/Shanghai
Asia/Dacca|Asia/Dhaka
Asia/Harbin|Asia/Shanghai
Asia/Istanbul|Europe/Istanbul
Asia/Kashgar|Asia/Urumqi
Asia/Katmandu|Asia/Kathmandu
Asia/Macao|Asia/Macau
Asia/Rangoon|Asia/Yangon
Asia/Saigon|Asia/Ho_Chi_Minh
Asia/Tel_Aviv|Asia/Jerusalem
Asia/Thimbu|Asia/Thimphu
Asia/Ujung_Pandang|Asia/Makassar
Asia/Ulan_Bator|Asia/Ulaanbaatar
Atlantic/Faeroe|Atlantic/Faroe
Atlantic/Jan_Mayen|Arctic/Longyearbyen
Australia/ACT|Australia/Sydney
Australia/Canberra|Australia/Sydney
Australia/Currie|Australia/Hobart
Australia/LHI|Australia/Lord_Howe
Australia/NSW|Australia/Sydney
Australia/North|Australia/Darwin
Australia/Queensland|Australia/Brisbane
Australia/South|Australia/Adelaide
Australia/Tasmania|Australia/Hobart
Australia/Victoria|Australia/Melbourne
Australia/West|Australia/Perth
Australia/Yancowinna|Australia/Broken_Hill
Brazil/Acre|America/Rio_Branco
Brazil/DeNoronha|America/Noronha
Brazil/East|America/Sao_Paulo
Brazil/West|America/Manaus
CET|Europe/Brussels
CST6CDT|America/Chicago
Canada/Atlantic|America/Halifax
Canada/Central|America/Winnipeg
Canada/Eastern|America/Toronto
Canada/Mountain|America/Edmonton
Canada/Newfoundland|America/St_Johns
Canada/Pacific|America/Vancouver
Canada/Saskatchewan|America/Regina
Canada/Yukon|America/Whitehorse
Chile/Continental|America/Santiago
Chile/EasterIsland|Pacific/Easter
Cuba|America/Havana
EET|Europe/Athens
EST|America/Panama
EST5EDT|America/New_York
Egypt|Africa/Cairo
Eire|Europe/Dublin
Etc/UCT|Etc/UTC
Etc/Universal|Etc/UTC
Etc/Zulu|Etc/UTC
Europe/Belfast|Europe/London
Europe/Kiev|Europe/Kyiv
Europe/Nicosia|Asia/Nicosia
Europe/Tiraspol|Europe/Chisinau
Europe/Uzhgorod|Europe/Kyiv
Europe/Zaporozhye|Europe/Kyiv
GB|Europe/London
GB-Eire|Europe/London
HST|Pacific/Honolulu
Hongkong|Asia/Hong_Kong
Iceland|Atlantic/Reykjavik
Iran|Asia/Tehran
Israel|Asia/Jerusalem
Jamaica|America/Jamaica
Japan|Asia/Tokyo
Kwajalein|Pacific/Kwajalein
Libya|Africa/Tripoli
MET|Europe/Brussels
MST|America/Phoenix
MST7MDT|America/Denver
Mexico/BajaNorte|America/Tijuana
Mexico/BajaSur|America/Mazatlan
Mexico/General|America/Mexico_City
NZ|Pacific/Auckland
NZ-CHAT|Pacific/Chatham
Navajo|America/Denver
PRC|Asia/Shanghai
PST8PDT|America/Los_Angeles
Pacific/Enderbury|Pacific/Kanton
Pacific/Johnston|Pacific/Honolulu
Pacific/Ponape|Pacific/Pohnpei
Pacific/Samoa|Pacific/Pago_Pago
Pacific/Truk|Pacific/Chuuk
Pacific/Yap|Pacific/Chuuk
Poland|Europe/Warsaw
Portugal|Europe/Lisbon
ROC|Asia/Taipei
ROK|Asia/Seoul
Singapore|Asia/Singapore
Turkey|Europe/Istanbul
UCT|Etc/UTC
US/Alaska|America/Anchorage
US/Aleutian|America/Adak
US/Arizona|America/Phoenix
US/Central|America/Chicago
US/East-Indiana|America/Indiana/Indianapolis
US/Eastern|America/New_York
US/Hawaii|Pacific/Honolulu
US/Indiana-Starke|America/Indiana/Knox
US/Michigan|America/Detroit
US/Mountain|America/Denver
US/Pacific|America/Los_Angeles
US/Samoa|Pacific/Pago_Pago
UTC|Etc/UTC
Universal|Etc/UTC
W-SU|Europe/Moscow
WET|Europe/Lisbon
Zulu|Etc/UTC
"""
"""name that is no longer used, or not for people|zone"""
