# One image for every process; docker-compose.yml says which one runs.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY . .
RUN npm run client
# What a volume mounted here takes over: a place that the user may write to.
RUN mkdir /data && chown node:node /data
USER node
# Node runs the TypeScript sources in this process: signals reach the program itself.
ENTRYPOINT ["node"]
CMD ["gateway/main.ts"]
