# Stage 1 makes the wheel with its web assets (npm comes with the build's Python packages) and installs it with the
# locked dependencies; stage 2 holds only what that installed.
FROM python:3.11-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /build && python -m venv /app
COPY requirements ./requirements
RUN /build/bin/pip install --require-hashes --no-deps -r requirements/build.lock
RUN /app/bin/pip install --require-hashes --no-deps --compile -r requirements/runtime.lock
COPY . .
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /app/bin/pip install --no-deps --compile /wheels/makina-*.whl \
    && /app/bin/pip uninstall --yes pip setuptools \
    && NUMBA_CACHE_DIR=/app/compiled /app/bin/python -m solver.lns.compiling

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data makina \
    && mkdir /data && chown makina /data
COPY --from=build /app /app
# On another kind of processor than the build's the search is compiled again there, once.
RUN chown -R makina /app/compiled
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 NUMBA_CACHE_DIR=/app/compiled MAKINA_DATABASE_URL=sqlite:////data/makina.db MAKINA_DATA_DIR=/data
WORKDIR /data
VOLUME /data
USER makina
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["makina", "serve", "--host", "0.0.0.0", "--port", "8000"]
