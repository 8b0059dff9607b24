// Correcting in a real browser: desk.mjs ADDRESS WITH TOKEN, NODE_MODULES' FOLDER
// Signs in, corrects a line by keyboard, sees it in the archive, has it rerun by RERUN (a command in the environment),
// takes it back; a headline; without scripts; on a phone and in the dark. Screenshots are left in the current folder.
// Exit code 1 says what is not so.
import {execFileSync} from 'child_process';
import {createRequire} from 'module';
import path from 'path';
import {pathToFileURL} from 'url';

const [address, packages] = process.argv.slice(2);
const room = new URL(address).origin;
const {chromium} = createRequire(pathToFileURL(path.resolve(packages) + '/'))('playwright-core');
const check = (condition, message) => {
  if (!condition) {
    console.error(`FAILED: ${message}`);
    process.exit(1);
  }
};

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
async function visit(options) {
  const context = await browser.newContext({locale: 'zh-CN', viewport: {width: 1200, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.on('console', message => check(message.type() !== 'error', `${page.url()}: ${message.text()}`));
  page.on('pageerror', error => check(false, `${page.url()}: ${error}`));
  page.on('request', request => check(request.url().startsWith(`${room}/`), `${page.url()}: asks ${request.url()}`));
  return page;
}
async function sign_in(page) {
  await page.goto(address);
  check(!page.url().includes('token'), 'the token stays in the address');
  await page.getByLabel('姓名').fill('苏禾');
  await page.getByRole('button', {name: '保存'}).click();
  await page.waitForURL('**/problems');
}
// Until the run that was asked for has ended.
async function settled(page) {
  for (let i = 0; i < 300; i++) {
    await page.goto(`${room}/edit/history/1`);
    const said = await page.locator('p.run').innerText();
    check(!said.includes('出错'), said);
    if (said.includes('已编入'))
      return;
    await page.waitForTimeout(100);
  }
  check(false, 'the run does not end');
}
const text_of = async (page, text) => {
  await page.goto(`${room}/search?q=${encodeURIComponent(text)}`);
  return page.locator('.results h2').count();
};

let page = await visit({});
await sign_in(page);

// A line, by keyboard.
await page.goto(`${room}/edit/lines/1`);
const lines = page.locator('.lines input[type=text]');
const image = page.locator('.lines img').nth(3);
check(await image.evaluate(async e => { e.loading = 'eager'; await e.decode(); return e.naturalWidth; }) > 50, 'no image of a line');
await lines.nth(3).focus();
await lines.nth(3).fill('浏览器里改过的一行');
await page.keyboard.press('Enter');
check(await lines.nth(4).evaluate(e => e === document.activeElement), 'Enter does not go on');
await page.screenshot({path: 'lines.png'});
await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
check(await lines.nth(3).inputValue() === '浏览器里改过的一行', 'not saved');
await settled(page);
check(await text_of(page, '浏览器里改过的一行') === 1, 'not in the archive');
execFileSync('sh', ['-c', process.env.RERUN], {stdio: 'inherit'});
check(await text_of(page, '浏览器里改过的一行') === 1, 'lost by a rerun');

// Taken back.
await page.goto(`${room}/edit/history/1`);
await page.screenshot({path: 'history.png'});
await page.getByRole('button', {name: '撤销'}).first().click();
await page.getByText('已撤销').waitFor();
await settled(page);
check(await text_of(page, '浏览器里改过的一行') === 0, 'not taken back');

// A headline, from the article.
await page.goto(`${room}/article/1`);
await page.getByRole('link', {name: '校对', exact: true}).click();
await page.screenshot({path: 'article.png', fullPage: true});
await page.getByLabel('标题', {exact: true}).fill('改过的标题');
await page.getByRole('button', {name: '保存'}).first().click();
await page.waitForURL('**/edit/history/**');
await settled(page);
await page.goto(`${room}/article/1`);
check(await page.getByRole('heading', {name: '改过的标题'}).isVisible(), 'no new headline');

// Without scripts.
page = await visit({javaScriptEnabled: false});
await sign_in(page);
await page.goto(`${room}/edit/lines/1`);
await page.locator('.lines input[type=text]').nth(5).fill('没有脚本');
await Promise.all([page.waitForNavigation(), page.getByRole('button', {name: '保存'}).click()]);
check(await page.locator('.lines input[type=text]').nth(5).inputValue() === '没有脚本', 'not saved without scripts');

// On a phone, in the dark.
page = await visit({viewport: {width: 360, height: 740}, colorScheme: 'dark', hasTouch: true});
await sign_in(page);
for (const [name, to] of [['problems', '/problems'], ['lines', '/edit/lines/1'], ['article', '/edit/article/1'],
                          ['history', '/edit/history/1'], ['conflicts', '/edit/conflicts']]) {
  await page.goto(room + to);
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${to}: wider than a phone`);
  const unlabelled = await page.locator('form.edit :is(input:not([type=hidden]), select)').evaluateAll(
    fields => fields.filter(field => !field.labels.length).map(field => field.name));
  check(!unlabelled.length, `${to}: fields without a label: ${unlabelled}`);
  await page.screenshot({path: `phone-${name}.png`});
}
await browser.close();
console.log('passed');
