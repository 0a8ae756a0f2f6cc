import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the Chromium that is installed. @throws when there is none, saying how to get one. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error(`This needs Chromium and found none at ${places.join(', ')}; apt-get install chromium`);
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
