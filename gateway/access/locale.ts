import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from '../../server/viewer.ts';

/**
 * The first language of Accept-Language that this graph speaks; Vietnamese where it names none (RFC 9110, 12.5.4).
 */
export function localeOf({ 'accept-language': header = '' }: IncomingHttpHeaders): Viewer['locale'] {
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const q = options.map((option) => /^\s*q=([\d.]+)$/u.exec(option)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => (tag === 'vi' || tag === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.tag === 'en' ? 'EN' : 'VI';
}
