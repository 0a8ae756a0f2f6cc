import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import type { Asker } from '../signIn/asker.ts';
import { Explorer } from './Explorer.tsx';
import type { Example } from './examples/example.ts';
import './explorer.css';

const read = async <Value,>(name: string): Promise<Value> =>
  (await fetch(`/explorer/${name}`)).json() as Promise<Value>;

const [examples, askers] = await Promise.all([
  read<Example[]>('examples.json'),
  read<Asker[]>('askers.json'),
]);
const root = document.getElementById('explorer');
if (root) createRoot(root).render(<Explorer examples={examples} askers={askers} />);
