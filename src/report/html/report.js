const search = document.getElementById("q");
const severities = [...document.querySelectorAll(".severity-box")];
const articles = [...document.querySelectorAll("article.finding")].map((element) => ({ element, text: element.textContent.normalize("NFKC").toLowerCase() }));
function filter() {
  const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const kept = new Set(severities.filter((box) => box.checked).map((box) => box.value));
  let shown = 0;
  for (const { element, text } of articles) {
    const fits = kept.has(element.dataset.severity) && words.every((word) => text.includes(word));
    element.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const rule of document.querySelectorAll("details.rule")) rule.hidden = !rule.querySelector("article:not([hidden])");
  document.getElementById("shown").textContent = `${shown} / ${articles.length}`;
}
for (const box of severities) box.addEventListener("change", filter);
search.addEventListener("input", filter);
filter();
