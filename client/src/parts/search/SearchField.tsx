import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../language/messages.ts';
import { useParams } from '../../url/useParams.ts';
import { searchMessages } from './messages.ts';
import { searchParam } from './searched.ts';

/** How long a person rests, in ms, before what is typed is searched for. */
const REST = 250;

/** Where one types what to search for; it is put into the address as soon as one rests. */
export function SearchField() {
  const m = useMessages(searchMessages);
  const [{ text }, set] = useParams(searchParam);
  const [typed, setTyped] = useState(text);
  const resting = useRef(0);
  useEffect(() => () => window.clearTimeout(resting.current), []);
  // Going back, or to a link, changes the address; a blank at the end of what is being typed stays.
  useEffect(() => setTyped((now) => (now.trim() === text ? now : text)), [text]);
  const type = (value: string) => {
    setTyped(value);
    window.clearTimeout(resting.current);
    resting.current = window.setTimeout(() => set({ text: value.trim() }, 'replace'), REST);
  };
  return (
    <label>
      {m.search}
      <input
        type="search"
        value={typed}
        placeholder="dak lak"
        onChange={({ target }) => type(target.value)}
      />
    </label>
  );
}
