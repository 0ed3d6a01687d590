# jaga-server in a container: docker build -t jaga-server . && docker run -p 127.0.0.1:8787:8787 -v jaga:/var/lib/jaga jaga-server
# Inside a container loopback is of no use, so it listens on every address there, and needs a token before its first start:
#   docker run --rm -v jaga:/var/lib/jaga jaga-server token add pipeline --scopes score

FROM swift:6.3-bookworm AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libicu-dev libsimdjson-dev libexpat1-dev libsqlite3-dev zlib1g-dev libzstd-dev \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product jaga-server --static-swift-stdlib \
  && install -D "$(swift build -c release --show-bin-path)/jaga-server" /out/bin/jaga-server
COPY Models/default.jaga /out/share/jaga/default.jaga

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    ca-certificates curl libicu72 libsimdjson14 libexpat1 libsqlite3-0 zlib1g libzstd1 libstdc++6 tzdata \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /var/lib/jaga --shell /usr/sbin/nologin jaga \
  && install -d -o jaga -g jaga -m 0700 /var/lib/jaga
COPY --from=build /out /usr/local
USER jaga
ENV STATE_DIRECTORY=/var/lib/jaga JAGA_HOST=0.0.0.0 JAGA_LOG_FORMAT=json
VOLUME /var/lib/jaga
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8787/readyz"]
ENTRYPOINT ["/usr/local/bin/jaga-server"]
CMD ["serve"]
