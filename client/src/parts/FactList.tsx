interface FactListProps {
  /** Names and values in their order; what has no value is left out. */
  readonly facts: readonly (readonly [name: string, value: string | null])[];
}

/** What is known of one thing: names and their values. */
export const FactList = ({ facts }: FactListProps) => (
  <dl className="facts">
    {facts
      .filter(([, value]) => value)
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
