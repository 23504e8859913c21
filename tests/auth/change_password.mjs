// Two devices of one person: one changes the password, the other is signed out. Prints what was seen as JSON.
import { createRequire } from 'node:module';

const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM)('playwright-core');
const [, , page_url, name, present, fresh] = process.argv;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
const out = {};

const signIn = async (password) => {
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${page_url}cozygen/#/settings`);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
};
const change = async (page, current) => {
  await page.getByLabel('Present password').fill(current);
  await page.getByLabel('New password').fill(fresh);
  await page.getByRole('button', { name: 'Change the password' }).click();
};
const status = (page) => page.evaluate(async () => (await fetch('api/gallery')).status);

try {
  const [phone, desktop] = [await signIn(present), await signIn(present)];
  await phone.goto(`${page_url}cozygen/#/settings`);
  await phone.getByRole('button', { name: 'Change password' }).click();
  await change(phone, 'not this one');
  out.refused = await phone.getByRole('alert').textContent();
  await change(phone, present);
  await phone.getByText('The password is changed').waitFor();
  out.phone = await status(phone);
  out.desktop = await status(desktop);
  await desktop.goto(`${page_url}cozygen/#/settings`);
  await desktop.reload();
  await desktop.getByLabel('User name').waitFor();
  const again = await signIn(present);
  out.old = await again.getByRole('alert').textContent();
  const entered = await signIn(fresh);
  await entered.getByLabel('User name').waitFor({ state: 'detached' });
  out.fresh = await status(entered);
} finally {
  await browser.close();
}
console.log(JSON.stringify(out));
