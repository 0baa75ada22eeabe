-- よくある問いへのビュー。DuckDBとSQLiteのどちらでもそのまま実行できます。
-- Views for the questions people ask. The same file runs in DuckDB and in SQLite, after the tables are loaded:
--   DuckDB:  .read load.sql        then  .read views.sql       (or any client, in this folder)
--   SQLite:  the file that `--db sqlite:FILE` wrote, then  .read views.sql

-- 判定：部課・年度ごとの件数。様式の尺度にない判定語は unrated に数えます。
-- Judgments by department and year. Words on no scale known are counted as unrated.
DROP VIEW IF EXISTS judgments_by_department;
CREATE VIEW judgments_by_department AS
SELECT
    r.jurisdiction_code,
    d.jurisdiction_name,
    r.department,
    r.fiscal_year,
    j.scope,
    COUNT(*)                                                AS judgments,
    COUNT(CASE WHEN j.level = 'on_track' THEN 1 END)        AS on_track,         -- 順調
    COUNT(CASE WHEN j.level = 'mostly_on_track' THEN 1 END) AS mostly_on_track,  -- 概ね順調
    COUNT(CASE WHEN j.level = 'slightly_behind' THEN 1 END) AS slightly_behind,  -- やや遅れ
    COUNT(CASE WHEN j.level = 'behind' THEN 1 END)          AS behind,           -- 大幅遅れ
    COUNT(CASE WHEN j.level = 'not_started' THEN 1 END)     AS not_started,      -- 未着手
    COUNT(CASE WHEN j.level = 'unrated' THEN 1 END)         AS unrated
FROM judgments AS j
JOIN records AS r ON r.record_id = j.record_id
JOIN documents AS d ON d.document_id = r.document_id
GROUP BY r.jurisdiction_code, d.jurisdiction_name, r.department, r.fiscal_year, j.scope;

-- 金額：予算事業・年度・区分ごとに１行。複数の検証票に載る同じ額は１回だけ数えます。
-- １枚の票の中で財源・実施方法により分けて書かれた額は合計します（同じ行の再掲は１回）。票によって額が違うときは最大の額をとり、differs = 1 とします。
-- Amounts: one row a programme, year and kind, however many sheets print it. What one sheet splits (by fund or
-- method) is added up, a row that it prints again is not; where sheets print different amounts the largest is taken and differs is 1.
DROP VIEW IF EXISTS settlements;
DROP VIEW IF EXISTS amounts_once;
CREATE VIEW amounts_once AS
WITH part AS (
    SELECT
        b.record_id,
        COALESCE(b.programme_key, b.record_id || ' ?') AS programme_key,
        MIN(b.program)                                 AS program,
        b.fiscal_year,
        b.kind,
        b.amount_yen
    FROM budgets AS b
    WHERE b.amount_yen IS NOT NULL AND b.kind <> 'limit'
    GROUP BY
        b.record_id, COALESCE(b.programme_key, b.record_id || ' ?'), b.fiscal_year, b.kind, b.fund, b.method, b.amount_yen
),
sheet AS (
    SELECT
        p.record_id,
        p.programme_key,
        MIN(p.program)                    AS program,
        p.fiscal_year,
        p.kind,
        CAST(SUM(p.amount_yen) AS BIGINT) AS amount_yen
    FROM part AS p
    GROUP BY p.record_id, p.programme_key, p.fiscal_year, p.kind
)
SELECT
    s.programme_key,
    MIN(s.program)                                                       AS program,
    MIN(r.jurisdiction_code)                                             AS jurisdiction_code,
    s.fiscal_year,
    s.kind,
    MAX(s.amount_yen)                                                    AS amount_yen,
    MIN(s.amount_yen)                                                    AS amount_yen_least,
    COUNT(*)                                                             AS sheets,
    CASE WHEN MIN(s.amount_yen) <> MAX(s.amount_yen) THEN 1 ELSE 0 END   AS differs
FROM sheet AS s
JOIN records AS r ON r.record_id = s.record_id
GROUP BY s.programme_key, s.fiscal_year, s.kind;

-- 決算：予算事業・年度ごとに１行。決算額があれば決算額、なければ決算見込額。
-- Settlements: one row a programme and year: the settled amount, or the estimate where no sheet prints it yet.
CREATE VIEW settlements AS
SELECT a.*
FROM amounts_once AS a
WHERE a.kind = 'settled'
   OR (a.kind = 'settlement_estimate'
       AND NOT EXISTS (
           SELECT 1 FROM amounts_once AS s
           WHERE s.kind = 'settled' AND s.programme_key = a.programme_key AND s.fiscal_year = a.fiscal_year));

-- 目標と実績：指標・年度ごとに１行。単位が違う目標と実績は別の行になり、比は出しません。
-- 同じ指標・年度に違う値が印刷されているときは値を空にして ambiguous = 1 とします。ratio は 実績 ÷ 目標（％）。
-- Targets against actuals: one row an indicator and year. Different units stay different rows, without a ratio. Where one
-- indicator and year is printed with different values, the value is null and ambiguous is 1. Mind target_comparator: of a
-- target "<=" a ratio below 100 is the better one.
DROP VIEW IF EXISTS targets_against_actuals;
CREATE VIEW targets_against_actuals AS
WITH pair AS (
    SELECT
        m.record_id,
        m.indicator,
        m.indicator_kind,
        m.fiscal_year,
        m.unit,
        MIN(CASE WHEN m.role = 'target' THEN m.value END)      AS target_low,
        MAX(CASE WHEN m.role = 'target' THEN m.value END)      AS target_high,
        MIN(CASE WHEN m.role = 'target' THEN m.comparator END) AS target_comparator,
        MIN(CASE WHEN m.role = 'actual' THEN m.value END)      AS actual_low,
        MAX(CASE WHEN m.role = 'actual' THEN m.value END)      AS actual_high
    FROM measurements AS m
    WHERE m.role IN ('target', 'actual') AND m.state = 'number'
    GROUP BY m.record_id, m.indicator, m.indicator_kind, m.fiscal_year, m.unit
),
one AS (
    SELECT
        p.*,
        CASE WHEN p.target_low = p.target_high THEN p.target_high END AS target,
        CASE WHEN p.actual_low = p.actual_high THEN p.actual_high END AS actual,
        CASE WHEN p.target_low <> p.target_high OR p.actual_low <> p.actual_high THEN 1 ELSE 0 END AS ambiguous
    FROM pair AS p
)
SELECT
    r.jurisdiction_code,
    r.department,
    r.title,
    o.record_id,
    o.indicator,
    o.indicator_kind,
    o.fiscal_year,
    o.unit,
    o.target_comparator,
    o.target,
    o.actual,
    CASE WHEN o.target <> 0 THEN 100.0 * o.actual / o.target END AS ratio_percent,
    o.ambiguous
FROM one AS o
JOIN records AS r ON r.record_id = o.record_id;

-- 団体間の判定：団体・年度ごとの判定の分布。尺度の違う判定は混ぜません：scope（活動・成果・日程）ごと、
-- 共通尺度にない判定語は printed とし、印刷された語のまま数えます。share_percent は同じ団体・年度・尺度の中での割合。
-- Judgments across jurisdictions, scales kept apart: by what is judged (scope), and words that are on no common scale as
-- they are printed. share_percent is within one jurisdiction, year, scope and scale.
DROP VIEW IF EXISTS judgments_across_jurisdictions;
CREATE VIEW judgments_across_jurisdictions AS
WITH counted AS (
    SELECT
        r.jurisdiction_code,
        d.jurisdiction_name,
        r.fiscal_year,
        j.scope,
        CASE WHEN j.level = 'unrated' THEN 'printed' ELSE 'common' END AS scale,
        CASE WHEN j.level = 'unrated' THEN j.raw ELSE j.level END      AS judgment,
        MAX(j.level_rank)                                              AS level_rank,
        COUNT(*)                                                       AS judgments
    FROM judgments AS j
    JOIN records AS r ON r.record_id = j.record_id
    JOIN documents AS d ON d.document_id = r.document_id
    GROUP BY
        r.jurisdiction_code, d.jurisdiction_name, r.fiscal_year, j.scope,
        CASE WHEN j.level = 'unrated' THEN 'printed' ELSE 'common' END,
        CASE WHEN j.level = 'unrated' THEN j.raw ELSE j.level END
)
SELECT
    c.*,
    100.0 * c.judgments / SUM(c.judgments) OVER (
        PARTITION BY c.jurisdiction_code, c.jurisdiction_name, c.fiscal_year, c.scope, c.scale) AS share_percent
FROM counted AS c;
