// How the end-to-end specs run. `cargo xtask test playwright` sets up what they need and names the browser.
//
// A failed test leaves what the page was and what shop and sandbox logged. `-- --trace retain-on-failure` leaves a recording,
// too; everything then takes half as long again.
import { defineConfig, devices } from '@playwright/test';

const executablePath = process.env.TILL_CHROMIUM;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes at the second try has failed.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 15_000,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // What a page asks of another machine must fail here as it fails on a machine without network.
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
        '--disable-domain-reliability',
        '--no-pings',
      ],
    },
  },
  projects: [
    {
      name: 'chromium',
      use: devices['Desktop Chrome'],
      testIgnore: '**/no-script*.spec.ts',
    },
    {
      // Where the size of the screen can matter: the way to a paid order, and every page.
      name: 'phone',
      use: devices['Pixel 7'],
      testMatch: ['journeys/{pay,three-d-secure}.spec.ts', 'pages/{accessibility,cart,checkout}.spec.ts'],
      // Colours do not change with the width.
      grepInvert: /\bdark\b/,
    },
    {
      name: 'no-script',
      use: { ...devices['Desktop Chrome'], javaScriptEnabled: false },
      testMatch: '**/no-script*.spec.ts',
    },
  ],
});
