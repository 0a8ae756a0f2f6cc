import { expect, it, onTestFinished } from 'vitest';
import type { ShopDoor } from './shop.ts';
import { startShop } from './startShop.ts';

/** The shop over HTTP, whose products answer only when the test opens the gate. */
async function gatedShop() {
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let asked = 0;
  const gated = (name: string, door: ShopDoor): ShopDoor =>
    name !== 'products'
      ? door
      : {
          ...door,
          ask: async (request) => {
            asked += 1;
            await gate;
            return door.ask(request);
          },
        };
  const shop = await startShop({ carrier: 'http', door: gated });
  onTestFinished(() => shop.stop());
  return { shop, open, asked: () => asked };
}

const query = '{ shelf(ids: ["1", "2"]) { name vendor { id } } }';
const answer = {
  shelf: [1, 2].map((id) => ({ name: `Product ${id}`, vendor: { id: `v${id}` } })),
};
const by = (name: string) => ({ 'x-demo-viewer': `role=OFFICER; unit=/BCA/; name=${name}` });

it('equal queries of one viewer ask a subgraph once, and each gets a whole answer of its own', async () => {
  const { shop, open, asked } = await gatedShop();
  const answers = [1, 2, 3].map(() => shop.ask(query, {}, by('an')));
  const other = shop.ask(query, {}, by('binh'));
  await expect.poll(asked).toBe(2);
  open();
  for (const each of [...answers, other]) expect((await each).body).toEqual({ data: answer });
  expect(asked()).toBe(2);
});

it('equal mutations are made as often as they are asked for', async () => {
  const { shop, open, asked } = await gatedShop();
  const rename = 'mutation { rename(id: "1", name: "New") { name } }';
  const answers = [1, 2].map(() => shop.ask(rename, {}, by('an')));
  await expect.poll(asked).toBe(2);
  open();
  for (const each of answers) expect((await each).body).toEqual({ data: { rename: { name: 'New' } } });
});
