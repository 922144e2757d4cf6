# Debian 13: its PostgreSQL client, which backup and restore use, is of the version of the server in docker-compose.yml
FROM python:3.14-slim-trixie

ENV PYTHONUNBUFFERED=1
WORKDIR /app

RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
RUN pybabel compile --directory krakow_intl/locale --domain django \
    && SECRET_KEY=only-to-collect-the-static-files-of-this-image-0123 python manage.py collectstatic --no-input \
    && groupadd --gid 10001 register && useradd --uid 10001 --gid register --no-create-home register \
    && cd var && mkdir -p media documents imports pending backups audit pages && chown -R register:register .

USER 10001:10001
VOLUME /app/var/media /app/var/documents /app/var/imports /app/var/pending /app/var/backups /app/var/audit /app/var/pages
EXPOSE 8000
CMD ["sh", "-c", "python manage.py prepare && exec gunicorn --bind 0.0.0.0:8000"]
