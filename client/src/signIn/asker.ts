/** Somebody whom a developer can ask as: a name for the list, and the headers that make a request theirs. */
export interface Asker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}
