/** A key that is kept outside of MongoDB, with the id by which what it made is known. */
export interface SecretKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The keys that a subgraph may need, and how long it may keep what they guard. */
export interface Secrets {
  /** For personal data at rest; the first is current, the others still read what they wrote. */
  readonly pii: readonly SecretKey[];
  /** Months after the close of a campaign for which rows of households stay personal. */
  readonly retentionMonths: number;
}

/** What a door is opened with that is given nothing. */
export const noSecrets: Secrets = { pii: [], retentionMonths: 24 };
