// Drives the review page. Arguments: Chromium, step, address, id of the PDF's document, id of the text's document.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [executablePath, step, address, plain, evil] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "hyoka-browser-"));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags, viewport: { width: 1280, height: 900 }, locale: "ja-JP" });

const CORRECTED = "かもめ事務所";
try {
  const page = context.pages()[0] ?? (await context.newPage());
  const faults = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  await ({ correct, after })[step](page);
  assert.equal(await page.evaluate(() => window.pwned), undefined, "text of a document ran");
  assert.deepEqual(faults, []);
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

async function correct(page) {
  await page.goto(`${address}/`);
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  assert.ok((await page.locator("table.records tbody tr").count()) >= 2);
  // A search narrows the list down.
  await page.fill("input[name=q]", "evil.txt");
  await page.press("input[name=q]", "Enter");
  await page.waitForURL(/q=evil/);
  assert.equal(await page.locator("table.records tbody tr").count(), 1);

  // A value of the PDF lights up its box, and the box finds its value.
  await page.goto(`${address}/sheet/${plain}/1`);
  await page.locator(".page img").first().evaluate((img) => img.decode());
  const value = page.locator("[id='v/records/0/plan/department']");
  await value.click();
  const box = page.locator("rect.box.on").first();
  assert.equal(await box.getAttribute("data-for"), "/records/0/plan/department");
  await page.keyboard.press("Escape");
  await page.locator("rect.box[data-for='/records/0/plan/phone']").click({ force: true });
  assert.ok(await page.locator("[id='v/records/0/plan/phone'].on").isVisible());

  // Of the text, `n` goes to a doubt; it is corrected, and the page shows it.
  await page.goto(`${address}/sheet/${evil}/1`);
  assert.ok((await page.locator(".lines li").count()) > 10);
  const doubts = await page.locator(".fields [data-pointer].doubt").count();
  assert.ok(doubts > 0, "the flattened text leaves doubts");
  await page.keyboard.press("n");
  assert.ok(await page.locator("#panel").isVisible());
  assert.ok((await page.locator("#panel-doubts li").count()) > 0);
  await page.keyboard.press("Escape");
  // By the keyboard alone: Enter goes into the panel, Escape back to the value, and a correction too.
  const focused = () => page.evaluate(() => document.activeElement.id);
  const department = page.locator("[id='v/records/0/plan/department']");
  await department.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.closest("#panel") !== null));
  await page.locator("#to").focus();
  await page.keyboard.press("Escape");
  assert.equal(await focused(), "v/records/0/plan/department");
  assert.ok(await page.locator("#panel").isHidden());
  await page.keyboard.press("Enter");
  await page.fill("#to", CORRECTED);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((text) => document.querySelector("[id='v/records/0/plan/department'].corrected")?.textContent.includes(text), CORRECTED);
  await page.waitForFunction(() => document.activeElement.id === "v/records/0/plan/department");
}

async function after(page) {
  await page.goto(`${address}/?lang=en`);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.ok((await page.locator("tbody").textContent()).includes(CORRECTED));
  await page.goto(`${address}/sheet/${evil}/1`);
  const value = page.locator("[id='v/records/0/plan/department']");
  assert.ok((await value.textContent()).includes(CORRECTED));
  assert.match(await value.getAttribute("data-method"), /corrected/);
}
