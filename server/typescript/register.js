/**
 * `node --import=#typescript FILE.ts` runs our sources on a Node that does not take the types out itself (before 22.18).
 * Newer ones do it by the same stripper, and nothing is registered there.
 */
import { register } from 'node:module';

if (!process.features.typescript) register('./hooks.js', import.meta.url);
