FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1
WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt

COPY LICENSE LICENSE
COPY bot bot
RUN python -m compileall -q bot \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin limber \
    && install -d -o limber -g limber -m 0700 data

USER limber
VOLUME /app/data
EXPOSE 8080
CMD ["python", "-m", "bot", "run"]
