// How much the checkout page weighs: every .js and .wasm it asks for, Stripe.js and its frames not counted, at brotli 11.
import { brotliCompressSync, constants } from 'node:zlib';
import { CARDS, expect, test } from '../fixtures/test.ts';

const LIMIT_BYTES = 110_000;

test('the checkout page is light, and its files are served compressed and for ever', async ({ page, shop, stripe, world }) => {
  const files = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === world.shop && /\.(js|wasm)$/.test(pathname)) files.add(pathname);
  });
  await shop.startPaying();
  // A file that only paying asks for counts too.
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();

  const rows = await Promise.all(
    [...files].map(async (file) => {
      const ask = (encoding: string) => fetch(world.shop + file, { headers: { 'accept-encoding': encoding } });
      const [plain, compressed] = await Promise.all([ask('identity'), ask('br')]);
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(compressed.headers.get('content-encoding')).toBe('br');
      expect(compressed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file).toMatch(/\/till\.[\w-]{16,}\.(js|wasm)$/);
      const bytes = Buffer.from(await plain.arrayBuffer());
      const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      return { file, plain: bytes.length, brotli: brotli.length };
    }),
  );
  expect(rows.map(({ file }) => file.split('.').at(-1)).sort()).toEqual(['js', 'wasm']);
  const total = rows.reduce((sum, { brotli }) => sum + brotli, 0);
  const table = [...rows, { file: 'together', plain: rows.reduce((sum, row) => sum + row.plain, 0), brotli: total }];
  for (const { file, plain, brotli } of table) {
    console.log(`${String(brotli).padStart(9)} B brotli ${String(plain).padStart(9)} B plain  ${file}`);
  }
  expect(total).toBeLessThanOrEqual(LIMIT_BYTES);
});
