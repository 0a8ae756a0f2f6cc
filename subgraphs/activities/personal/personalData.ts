import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SecretKey } from '../../records/secrets.ts';

/**
 * What is done with personal data under the key that is kept outside of MongoDB (DOMAIN §5.9). For each use a key of its
 * own is derived by HKDF-SHA-256, so that what one use gives away helps against no other.
 */
export interface PersonalData {
  /** The id of the key that new things are made with. */
  readonly currentKeyId: string;
  /** The ids of all keys that are held, the current one first. */
  readonly keyIds: readonly string[];
  /** Seals a text; only {@link open} with the same place opens it. */
  readonly seal: (place: string, text: string) => string;
  /** Opens a sealed text. Throws when it was altered, moved to another place, or its key is missing. */
  readonly open: (place: string, sealed: string) => string;
  /** Gives the keyed hash of a text for fingerprints of requests: nobody without the key can guess what it was. */
  readonly print: (text: string) => string;
  /** Gives the hash that one campaign knows numbers by. Throws when the campaign's key is missing. */
  readonly hasher: (campaign: CampaignKey) => (digits: string) => string;
  /**
   * Gives the key that one campaign hashes with, sealed under the current key: numbers are not kept, so their hashes
   * cannot be made anew, and must outlive the key that they began with. Throws when the campaign's key is missing.
   */
  readonly sealHasher: (campaign: CampaignKey) => { readonly keyId: string; readonly sealed: string };
}

/** What a campaign's hashing key is made from: the salt, or once the first key was turned over, itself and sealed. */
export interface CampaignKey {
  readonly id: string;
  readonly keyId: string;
  readonly salt: string | null;
  readonly sealed?: string | null | undefined;
}

/** A text cannot be opened: it was altered or moved, or its key is missing. */
export class Unreadable extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'Unreadable';
  }
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
    if (!key)
      throw new Unreadable(`PII_KEY holds no key ${JSON.stringify(id)}; what it made cannot be read.`);
    return Buffer.from(hkdfSync('sha256', key, salt, use, 32));
  };
  const currentKeyId = keys[0]?.id ?? '';
  const hashingKey = ({ id, keyId, salt, sealed: kept }: CampaignKey): Buffer =>
    kept == null
      ? keyOf(keyId, 'number', Buffer.from(salt ?? '', 'base64'))
      : Buffer.from(
          opened(keyOf(keyId, 'campaign'), placeOfKey(id), Buffer.from(kept, 'base64url')),
          'base64',
        );
  return {
    currentKeyId,
    keyIds: keys.map(({ id }) => id),
    seal: (place, text) => `${currentKeyId}.${sealed(keyOf(currentKeyId, 'name'), place, text)}`,
    open: (place, text) => {
      const [id = '', data = ''] = text.split('.');
      return opened(keyOf(id, 'name'), place, Buffer.from(data, 'base64url'));
    },
    print: (text) => hmac(keyOf(currentKeyId, 'print'), text),
    hasher: (campaign) => {
      const key = hashingKey(campaign);
      return (digits) => hmac(key, `${campaign.id}\u0000${digits}`);
    },
    sealHasher: (campaign) => ({
      keyId: currentKeyId,
      sealed: sealed(
        keyOf(currentKeyId, 'campaign'),
        placeOfKey(campaign.id),
        hashingKey(campaign).toString('base64'),
      ),
    }),
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
  try {
    const iv = data.subarray(0, IV_BYTES);
    const tag = data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    const text = decipher.update(data.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString();
  } catch (cause) {
    throw new Unreadable(
      `What is sealed for ${place} was altered, moved there, or sealed under another key.`,
      {
        cause,
      },
    );
  }
}

/** The place of a household's name: its row and field. */
export const placeOfName = (rowId: string): string => `Beneficiary/${rowId}/displayName`;

/** The place of a campaign's hashing key. */
const placeOfKey = (campaignId: string): string => `Campaign/${campaignId}/hashingKey`;
