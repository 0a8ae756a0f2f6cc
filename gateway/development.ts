import type { Config } from '../server/config.ts';

/** Whether nobody but the people at this machine can ask: then there are demo viewers, and nobody is counted but partners. */
export const isDevelopment = ({ host, production }: Pick<Config, 'host' | 'production'>): boolean =>
  !production && /^(127(\.\d{1,3}){3}|::1|localhost)$/u.test(host);
