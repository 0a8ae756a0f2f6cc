import { z } from 'zod';

/** How often something may be asked: so many times in so many seconds. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
}

const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const RATE = /^[1-9]\d{0,8}\/[smhd]$/u;

const rateOf = (text: string): Rate => {
  const [count = '', unit = 's'] = text.split('/');
  return { count: Number(count), seconds: seconds[unit as keyof typeof seconds] };
};

/** `600/m` as a rate; `off` as none. */
export const rate = z
  .string()
  .refine(
    (text) => text === 'off' || RATE.test(text),
    'off, or a rate such as 10/s, 600/m, 5000/h or 100000/d',
  )
  .transform((text) => (text === 'off' ? ('off' as const) : rateOf(text)));

const FIELD_RATE = /^\w+\.\w+=(?<rate>.+)$/u;

/** `Query.verifyAward=30/m, …` as rates by coordinate. */
export const fieldRates = z
  .string()
  .transform((text) => (text === 'off' ? [] : text.split(',').map((part) => part.trim())))
  .refine(
    (parts) => parts.every((part) => RATE.test(FIELD_RATE.exec(part)?.groups?.rate ?? '')),
    'off, or fields with their rates, parted by commas, such as Query.verifyAward=30/m',
  )
  .transform(
    (parts) =>
      new Map(
        parts.map((part) => {
          const [coordinate = '', text = ''] = part.split('=');
          return [coordinate, rateOf(text)] as const;
        }),
      ),
  );
