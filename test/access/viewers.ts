import { publicViewer, type Role, type Viewer } from '../../server/viewer.ts';

/** Where rows stand that a viewer reads or writes; seen from the officer of `own`. */
export const places = {
  own: '/BCA/T01.1/H001.1/',
  under: '/BCA/T01.1/H001.1/X00001.1/',
  sibling: '/BCA/T01.1/H002.1/',
  far: '/BCA/T44.1/H461.1/',
} as const;
export type Place = keyof typeof places;
export const placeNames = Object.keys(places) as Place[];

const viewer = (role: Role, unitPath: string | null, scopes: readonly string[] = []): Viewer => ({
  ...publicViewer,
  subject: `test:${role}`,
  role,
  unitPath,
  scopes,
});

/** One viewer for each column of the matrix, and the places from which a column is looked at. */
export const viewers = {
  public: viewer('PUBLIC', null),
  partner: viewer('PARTNER', null),
  officer: viewer('OFFICER', places.own),
  officerBeside: viewer('OFFICER', places.sibling),
  commander: viewer('COMMANDER', places.own),
  commanderAbove: viewer('COMMANDER', '/BCA/T01.1/'),
  ministry: viewer('MINISTRY', '/BCA/'),
  ministryDeciding: viewer('MINISTRY', '/BCA/', ['award:decide']),
  admin: viewer('ADMIN', '/BCA/'),
} as const;
export type Asking = keyof typeof viewers;
export const askers = Object.keys(viewers) as Asking[];

/** The header by which the gateway takes a request for the viewer's. */
export const headerOf = ({ role, unitPath, scopes }: Viewer): Record<string, string> => {
  const parts = [
    `role=${role}`,
    unitPath && `unit=${unitPath}`,
    scopes.length > 0 && `scopes=${scopes.join(' ')}`,
  ];
  return { 'x-demo-viewer': parts.filter(Boolean).join('; ') };
};
