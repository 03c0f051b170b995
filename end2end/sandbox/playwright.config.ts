// How the specs of the sandbox run that need a foreign client or a browser. Everything else about the sandbox is
// tested in Rust, in `tests/`.
import { defineConfig, devices } from '@playwright/test';

const executablePath = process.env.TILL_CHROMIUM;

export default defineConfig({
  testDir: 'specs',
  // What is made from Stripe's types is kept where it is read.
  snapshotPathTemplate: '{testDir}/../{arg}{ext}',
  outputDir: '../test-results/sandbox',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes at the second try has failed.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 15_000,
    launchOptions: executablePath ? { executablePath } : {},
  },
});
