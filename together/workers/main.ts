import { runWorker } from './worker.ts';

// Ctrl-C reaches all processes of a terminal, and some supervisors stop all of a service: the primary says when.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
await runWorker();
