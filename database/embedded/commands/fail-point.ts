import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32 } from '../core/values.ts';
import type { Command } from './command.ts';
import { types } from './fields.ts';

export const configureFailPointCommand: Command = {
  adminOnly: true,
  fields: { configureFailPoint: types.string, mode: types.any, data: types.object },
  run: ({ body }, engine) => {
    if (!engine.failPoints.enabled) fail(59, 'CommandNotFound', "no such command: 'configureFailPoint'");
    const data = body.get('data');
    engine.failPoints.configure(
      String(body.get('configureFailPoint')),
      body.get('mode'),
      data instanceof Document ? data : Document.of(),
    );
    return Document.of([['count', int32(0)]]);
  },
};
