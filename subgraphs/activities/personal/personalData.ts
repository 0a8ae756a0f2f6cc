import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SecretKey } from '../../subgraph.ts';

/**
 * What is done with personal data under the key that is kept outside of MongoDB (DOMAIN §5.9). For each use a key of its
 * own is derived by HKDF-SHA-256, so that what one use gives away helps against no other.
 */
export interface PersonalData {
  /** The id of the key that new things are made with. */
  readonly currentKeyId: string;
  /** Seals a text; only {@link open} with the same place opens it. */
  readonly seal: (place: string, text: string) => string;
  /** Opens a sealed text. Throws when it was altered, moved to another place, or its key is missing. */
  readonly open: (place: string, sealed: string) => string;
  /** Gives the keyed hash of a text for fingerprints of requests: nobody without the key can guess what it was. */
  readonly print: (text: string) => string;
  /** Gives the hash that one campaign knows numbers by. Throws when the campaign's key is missing. */
  readonly hasher: (campaign: {
    readonly id: string;
    readonly keyId: string;
    readonly salt: string;
  }) => (digits: string) => string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const NO_SALT = Buffer.alloc(0);

/** Gives what can be done under the keys; the first is current, the others open what they sealed. */
export function personalData(keys: readonly SecretKey[]): PersonalData {
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  const keyOf = (id: string, use: string, salt: Buffer = NO_SALT): Buffer => {
    const key = byId.get(id);
    if (!key) throw new Error(`PII_KEY holds no key ${JSON.stringify(id)}; what it made cannot be read.`);
    return Buffer.from(hkdfSync('sha256', key, salt, use, 32));
  };
  const currentKeyId = keys[0]?.id ?? '';
  return {
    currentKeyId,
    seal: (place, text) => `${currentKeyId}.${sealed(keyOf(currentKeyId, 'name'), place, text)}`,
    open: (place, text) => {
      const [id = '', data = ''] = text.split('.');
      return opened(keyOf(id, 'name'), place, Buffer.from(data, 'base64url'));
    },
    print: (text) => hmac(keyOf(currentKeyId, 'print'), text),
    hasher: ({ id, keyId, salt }) => {
      const key = keyOf(keyId, 'number', Buffer.from(salt, 'base64'));
      return (digits) => hmac(key, `${id}\u0000${digits}`);
    },
  };
}

const hmac = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** The place is authenticated with the text: a name copied to another row does not open there. */
function sealed(key: Buffer, place: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url');
}

function opened(key: Buffer, place: string, data: Buffer): string {
  const iv = data.subarray(0, IV_BYTES);
  const tag = data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(data.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
}

/** The place of a household's name: its row and field. */
export const placeOfName = (rowId: string): string => `Beneficiary/${rowId}/displayName`;
