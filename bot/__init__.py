"""lalabot: facts about La La Land, one a day, and quizzes, on Discord, Slack and in a browser room."""
