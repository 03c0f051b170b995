// The portable journeys on Stripe's test mode, with the keys of a test account. By hand, and with a network:
//
//   cargo build --release --package server    # and the site: cargo xtask test site
//   STRIPE_SECRET_KEY=sk_test_… STRIPE_PUBLISHABLE_KEY=pk_test_… npx playwright test --config playwright.stripe.config.ts
import { defineConfig, devices } from '@playwright/test';
import type { PortableOptions } from './fixtures/portable.ts';

const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_PUBLISHABLE_KEY: publishableKey = '', TILL_CHROMIUM } = process.env;
if (!secretKey.startsWith('sk_test_') || !publishableKey.startsWith('pk_test_')) {
  throw new Error('STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY have to be the keys of a test account: sk_test_… and pk_test_…');
}

export default defineConfig<PortableOptions>({
  testDir: 'tests/portable',
  outputDir: 'test-results/stripe',
  forbidOnly: true,
  retries: 0,
  // Stripe limits how often it is asked, and looks askance at many browsers.
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    actionTimeout: 60_000,
    trace: 'retain-on-failure',
    launchOptions: TILL_CHROMIUM ? { executablePath: TILL_CHROMIUM } : {},
    keys: { secretKey, publishableKey },
  },
});
