// Opens a manifest in Mirador in a real browser: mirador.mjs SITE NODE_MODULES' FOLDER PORT MANIFEST LABEL WORD...
// Serves SITE as any static server would. The manifest's label, each word (of contents or text) and the page's ink must
// be seen, tiles of full size be loaded, and nothing be asked for that is not there. Exit code 1 says what is not so.
import fs from 'fs';
import http from 'http';
import path from 'path';
import {createRequire} from 'module';
import {pathToFileURL} from 'url';

const [site, packages, port, manifest, label, ...words] = process.argv.slice(2);
const TYPES = {'.json': 'application/json', '.jpg': 'image/jpeg', '.html': 'text/html', '.js': 'text/javascript'};
const SECONDS = 30;

const require = createRequire(pathToFileURL(path.resolve(packages) + '/'));
const {chromium} = require('playwright-core');
const {presentation3StrictUpgrade} = await import(
  pathToFileURL(path.join(path.resolve(packages), 'node_modules/@iiif/parser/dist/strict.js')));

function fail(message) {
  console.error(`FAILED: ${message}`);
  process.exit(1);
}

const missing = [], served = [];
const roots = [site, packages, import.meta.dirname];
http.createServer((request, answer) => {
  const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const file = roots.map(root => path.join(root, name)).find(file => fs.statSync(file, {throwIfNoEntry: false})?.isFile());
  if (!file && name !== '/favicon.ico')
    missing.push(name);
  if (file)
    served.push(name);
  answer.writeHead(file ? 200 : 404, {'content-type': TYPES[path.extname(name)] || 'application/octet-stream'});
  answer.end(file && fs.readFileSync(file));
}).listen(+port);

// What the parser that viewers use has to put right in it.
const state = {warnings: []};
presentation3StrictUpgrade(await (await fetch(manifest)).json(), state);
if (state.warnings.length)
  fail(`the manifest is not as Presentation 3 has it: ${state.warnings}`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({viewport: {width: 1400, height: 900}});
page.setDefaultTimeout(SECONDS * 1000);
const seen = async panel => {
  await page.goto(`http://localhost:${port}/mirador.html?panel=${panel}&manifest=${encodeURIComponent(manifest)}`);
  await page.getByText(label).first().waitFor();
  return page.locator('body').innerText();
};

// The share of dark pixels in the middle of the window, where the page is.
async function ink() {
  const picture = (await page.screenshot({clip: {x: 500, y: 150, width: 700, height: 600}})).toString('base64');
  return page.evaluate(async data => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const {data: pixels} = context.getImageData(0, 0, image.width, image.height);
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4)
      dark += pixels[i] < 100;
    return dark / (pixels.length / 4);
  }, picture);
}

async function until(condition, message) {
  for (let tries = 0; tries < 4 * SECONDS; tries++) {
    if (await condition())
      return;
    await page.waitForTimeout(250);
  }
  await page.screenshot({path: 'failed.png'});
  fail(message);
}

for (const panel of ['canvas', 'annotations']) {
  await seen(panel);
  for (const word of words.filter(word => word.startsWith(`${panel}:`)).map(word => word.slice(panel.length + 1)))
    await until(async () => (await page.locator('body').innerText()).includes(word), `${word} is not shown in ${panel}`);
}
await seen('canvas');
await until(async () => await ink() > 0.01, 'no ink is shown');
const tiles = () => served.filter(name => /\/\d+,\d+,(\d+),\d+\/\1,\d+\/0\/default\.jpg$/.test(name));
await page.mouse.move(850, 450);
await until(async () => {
  await page.mouse.wheel(0, -400);
  return tiles().length > 0;
}, 'no tile of full size is asked for');
await until(async () => await ink() > 0.01, 'no ink is shown at full size');
await page.screenshot({path: 'viewer.png'});
if (missing.length)
  fail(`asked for what is not there: ${missing}`);
await browser.close();
console.log(`passed: ${served.length} files asked for`);
process.exit(0);
