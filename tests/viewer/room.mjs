// The reading room in a real browser: room.mjs ROOM NODE_MODULES' FOLDER PORT
// Walks from the papers to a page, from a search to its hit and to a whole article, with and without scripts, on a phone
// and in the dark; opens the room's manifest in Mirador, which PORT serves. Screenshots are left in the current folder.
// Exit code 1 says what is not so.
import fs from 'fs';
import http from 'http';
import path from 'path';
import {createRequire} from 'module';
import {pathToFileURL} from 'url';

const [room, packages, port] = process.argv.slice(2);
const SECONDS = 30;
const {chromium} = createRequire(pathToFileURL(path.resolve(packages) + '/'))('playwright-core');

function fail(message) {
  console.error(`FAILED: ${message}`);
  process.exit(1);
}
function check(condition, message) {
  if (!condition)
    fail(message);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const asked = [];

// A page on which nothing may go wrong, nor be asked for elsewhere.
async function visit(options, others = []) {
  const context = await browser.newContext({locale: 'zh-CN', viewport: {width: 1300, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(SECONDS * 1000);
  // Of what others' programs say of themselves only that something of the room's could not be had.
  page.on('console', message => message.type() === 'error' &&
    (page.url().startsWith(room) || message.location().url.startsWith(room)) && fail(`${page.url()}: ${message.text()}`));
  page.on('pageerror', error => fail(`${page.url()}: ${error}`));
  page.on('request', request => {
    const url = new URL(request.url());
    asked.push(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && ![room, ...others].includes(url.origin))
      fail(`${page.url()}: asks ${url.origin}`);
  });
  return page;
}

const zoomed = page => page.locator('#zoom[data-state=open]').waitFor();
const loaded = image => image.evaluate(async element => {
  element.loading = 'eager';
  await element.decode();
  return element.naturalWidth;
});

// Text that is hard to read: less than 4.5 to 1 between it and what is behind it (WCAG 2.1, 1.4.3).
const faint = page => page.evaluate(() => {
  const numbers = color => color.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = numbers(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] === 1)
        return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!says || !element.getClientRects().length)
      continue;
    const one = light(numbers(getComputedStyle(element).color)), two = light(behind(element));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5)
      found.push(`${element.tagName} ${element.className} ${ratio.toFixed(1)}`);
  }
  return found;
});
const legible = async page => {
  const found = await faint(page);
  check(!found.length, `${page.url()}: hard to read: ${found}`);
};

// From the papers to a page.
let page = await visit({});
await page.goto(`${room}/`);
await legible(page);
await page.getByRole('link', {name: '临江新报'}).click();
await page.locator('td.issue a').first().click();
const thumbnail = page.locator('.pages img').first();
check(await loaded(thumbnail) > 100, 'a thumbnail is not shown');
await page.screenshot({path: 'issue.png'});
await legible(page);
await thumbnail.click();
await zoomed(page);

// A search for a word of two characters, its hit, and the page with it.
await page.getByRole('searchbox').fill('菜场');
await page.keyboard.press('Enter');
await page.waitForURL('**/search?**');
check(await page.locator('.results mark', {hasText: '菜场'}).count() >= 2, 'hits are not marked');
check(await loaded(page.locator('.results img.clip').first()) > 50, 'the hit is not shown as it is printed');
await page.screenshot({path: 'search.png'});
await legible(page);
await page.locator('.results img.clip').first().click();
await zoomed(page);
check(await page.locator('.over-hit').count() >= 2, 'hits are not over the page');
for (let i = 0; i < 4; i++)
  await page.getByRole('button', {name: '放大'}).click();
await page.waitForTimeout(1500);
check(asked.some(url => /\/iiif\/\d+\/\d+,\d+,(\d+),\d+\/\1,\d+\/0\/default\.jpg$/.test(url)), 'no tile of full size is asked for');
await page.screenshot({path: 'hit.png'});
await legible(page);

// By keyboard: the link of an article in the list shows its outline; Enter opens it.
await page.getByRole('button', {name: '整版'}).click();
await page.getByRole('button', {name: '文章轮廓'}).click();
await page.locator('.outline a', {hasText: '老菜场'}).focus();
await page.locator('.over-outline.shown').waitFor();
await page.waitForTimeout(1000);
await page.screenshot({path: 'outlines.png'});
await page.keyboard.press('Enter');

// The article whole, over its jump.
await page.waitForURL('**/article/**');
check(await page.locator('figure img').count() === 2, 'not both parts of the article');
for (let i = 0; i < 2; i++)
  check(await loaded(page.locator('figure img').nth(i)) > 50, 'a part is not shown');
check((await page.locator('.jumps').innerText()).includes('下转第2版'), 'the jump is not told');
check((await page.locator('.body p').count()) === 2, 'paragraphs');
await page.screenshot({path: 'article.png'});
await legible(page);
await page.keyboard.press('Tab');
check(await page.evaluate(() => document.activeElement.className) === 'skip', 'no way past the head by keyboard');
await page.emulateMedia({media: 'print'});
check(!(await page.locator('header.room').isVisible()), 'the head is printed');
await page.screenshot({path: 'print.png'});
await page.emulateMedia({media: 'screen'});

// A click on the page opens the article under it.
await page.locator('figure a').first().click();
await zoomed(page);
const outline = page.locator('.over-outline').first();
await outline.waitFor();
await outline.click();
await page.waitForURL('**/article/**');

// In English, which stays.
await page.getByRole('link', {name: 'English'}).click();
check((await page.locator('html').getAttribute('lang')) === 'en', 'not in English');
await page.goto(`${room}/problems`);
check(await page.getByRole('heading', {name: 'Problems'}).isVisible(), 'English does not stay');
await legible(page);

// On a phone, in the dark.
page = await visit({viewport: {width: 360, height: 740}, colorScheme: 'dark', hasTouch: true});
for (const [name, address] of [['home', '/'], ['search', '/search?q=%E8%8F%9C%E5%9C%BA'], ['paper', '/paper/linjiang'],
                               ['article', '/article/1?q=%E8%8F%9C%E5%9C%BA'], ['page', '/page/1?q=%E8%8F%9C%E5%9C%BA'],
                               ['problems', '/problems']]) {
  await page.goto(room + address);
  if (name === 'page')
    await zoomed(page);
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${address}: wider than a phone`);
  await legible(page);
  await page.screenshot({path: `phone-${name}.png`});
}

// Without scripts.
page = await visit({javaScriptEnabled: false});
await page.goto(`${room}/search?q=%E8%8F%9C%E5%9C%BA`);
await page.locator('.results h2 a').first().click();
await page.locator('figure a').first().click();
check(await page.locator('#zoom img').isVisible(), 'no picture of the page without scripts');
await page.screenshot({path: 'plain.png'});

// In Mirador, from another site.
const roots = [packages, import.meta.dirname];
http.createServer((request, answer) => {
  const name = new URL(request.url, 'http://x').pathname;
  const file = roots.map(root => path.join(root, name)).find(file => fs.statSync(file, {throwIfNoEntry: false})?.isFile());
  answer.writeHead(file || name === '/favicon.ico' ? 200 : 404,
                   {'content-type': name.endsWith('.html') ? 'text/html' : 'text/javascript'});
  answer.end(file && fs.readFileSync(file));
}).listen(+port);
const site = `http://localhost:${port}`;
page = await visit({}, [site]);
const tile = page.waitForResponse(answer => /\/iiif\/issue\/1\/0001\/.*\/default\.jpg$/.test(answer.url()) && answer.ok());
await page.goto(`${site}/mirador.html?panel=annotations&manifest=${encodeURIComponent(`${room}/iiif/issue/1/manifest.json`)}`);
await tile;
await page.getByText('老菜场改造７个月').first().waitFor();
await page.waitForTimeout(1000);
await page.screenshot({path: 'mirador.png'});
await browser.close();
console.log('passed');
process.exit(0);
