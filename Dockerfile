# Two stages: the first builds the environment from the lock file, the second carries it and nothing else.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
 && /venv/bin/pip install --no-cache-dir "setuptools>=77"
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY adapters adapters
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
 && /venv/bin/pip uninstall --yes --quiet setuptools

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app lalabot \
 && mkdir -p /app/data \
 && chown lalabot /app/data
WORKDIR /app
COPY --from=build /venv /venv
COPY seeds seeds
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LALABOT_HOST=0.0.0.0 \
    LALABOT_PACKS=/app/seeds \
    LALABOT_LOG=json
USER lalabot
VOLUME /app/data
EXPOSE 8765
# Docker's stop sends SIGTERM: presses in flight finish, and a game that runs goes on at the next start.
STOPSIGNAL SIGTERM
CMD ["lalabot", "run"]
