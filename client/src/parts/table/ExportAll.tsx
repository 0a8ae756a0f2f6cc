import { useEffect, useRef, useState } from 'react';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { partMessages } from '../messages.ts';
import { type Export, everyRow, type ReadPage } from './everyRow.ts';

interface ExportAllProps<Row> {
  readonly read: ReadPage<Row>;
  /** Gives the rows to the person, as a file. */
  readonly save: (rows: readonly Row[]) => void;
}

/** Exports a list of which one page is here: reads all of it first, says how far it is, and whether the file is whole. */
export function ExportAll<Row>({ read, save }: ExportAllProps<Row>) {
  const m = useMessages(partMessages);
  const format = useFormat();
  const [reading, setReading] = useState<number | null>(null);
  const [done, setDone] = useState<Export<Row> | null>(null);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const tell = (rows: number) => {
    setReading(rows);
    return isHere.current;
  };
  const exportAll = async () => {
    setDone(null);
    tell(0);
    const found = await everyRow(read, tell);
    if (!isHere.current) return;
    if (found.extent !== 'failed') save(found.rows);
    setReading(null);
    setDone(found);
  };
  const count = format.number(reading ?? done?.rows.length ?? 0);
  return (
    <>
      <button type="button" disabled={reading !== null} onClick={() => void exportAll()}>
        {m.exportCsv}
      </button>
      <span role="status" className="quiet">
        {reading !== null ? m.exporting(count) : done && m.exported[done.extent](count)}
      </span>
    </>
  );
}
