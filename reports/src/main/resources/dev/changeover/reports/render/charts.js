(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const charts = [];
  const SECOND = 1000;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const known = { old: 'old', new: 'new', gateway: 'gateway', nobody: 'bad' };
  const ORDER = ['old', 'new', 'gateway', 'not known', 'nobody'];
  const inOrder = object => ORDER.filter(name => name in object).map(name => [name, object[name]]);
  const colourOf = who => colour(known[who] || 'soft');

  const time = ms => ms === 0 ? '0' : ms >= 10 * SECOND ? +(ms / SECOND).toPrecision(3) + ' s'
    : ms >= SECOND ? +(ms / SECOND).toPrecision(2) + ' s' : +ms.toPrecision(3) + ' ms';
  const share = value => +(value * 100).toFixed(value < 0.1 ? 2 : 1) + '%';
  const clock = ms => {
    const s = Math.round(ms / SECOND);
    const two = n => String(n).padStart(2, '0');
    return s >= 3600 ? Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60)
      : Math.floor(s / 60) + ':' + two(s % 60);
  };

  const text = () => ({ color: colour('soft'), fontSize: 11.5, fontFamily: getComputedStyle(document.body).fontFamily });
  const box = () => ({
    backgroundColor: colour('paper'), borderColor: colour('line'), borderWidth: 1, padding: [6, 10],
    textStyle: { ...text(), color: colour('ink') }, confine: true, extraCssText: 'box-shadow:none',
  });

  function draw(id, option) {
    const element = document.getElementById(id);
    if (!element) return;
    const chart = echarts.init(element, null, { renderer: 'svg' });
    chart.setOption({ animation: false, textStyle: text(), ...option(element.clientWidth) });
    charts.push(chart);
  }

  function niceSpan(ms, room) {
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400].map(s => s * SECOND);
    return steps.find(step => ms / step <= room) || ms / room;
  }

  // The name over all of it, the shade in those turns in which it was there.
  function faultAreas(span) {
    const until = to => ({ xAxis: to === null ? span : Math.min(to, span) });
    return data.faults.flatMap(f => [
      [{ name: f.fault + ' on ' + f.on, xAxis: f.from, itemStyle: { color: 'transparent' } }, until(f.to)],
      ...f.turns.map(turn => [{ xAxis: turn.from, label: { show: false } }, until(turn.to)]),
    ]);
  }

  function timeline(width) {
    const t = data.timeline;
    const at = i => (i + 0.5) * t.bucket_ms;
    const span = t.bucket_ms * t.count;
    const left = 54, right = 14;
    const heights = [230, 90, 110], tops = [30, 305, 440];
    const panels = ['latency (log)', 'error rate', 'requests answered by'];
    const times = Object.values(t.sides).flatMap(side => side.p50.concat(side.p95)).filter(v => v > 0);
    const rows = times.length ? ticks(Math.min(...times), Math.max(...times)) : [100, 1000];
    const axisX = (i, last) => ({
      type: 'value', gridIndex: i, min: 0, max: span, interval: niceSpan(span, Math.max(3, width / 90)),
      axisLabel: { ...text(), show: last, formatter: v => v > span * 0.985 && v < span ? '' : clock(v), hideOverlap: true },
      axisLine: { onZero: false, lineStyle: { color: colour('soft') } }, axisTick: { show: last, lineStyle: { color: colour('line') } },
      splitLine: { show: false },
      axisPointer: { label: { show: false }, lineStyle: { color: colour('soft'), type: 'solid', width: 1 } },
    });
    const axisY = (i, format, more) => ({
      type: 'value', gridIndex: i, min: 0, splitNumber: i === 0 ? 5 : 2, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: colour('line') } }, axisLabel: { ...text(), formatter: format }, ...more,
    });
    const area = (i, label) => ({
      silent: true, itemStyle: { color: colour('shade') },
      label: { show: label, position: 'insideTop', color: colour('bad'), fontSize: 11.5, fontFamily: text().fontFamily },
      data: faultAreas(span),
    });
    const line = (name, panel, values, who, more) => ({
      name, type: 'line', xAxisIndex: panel, yAxisIndex: panel, symbol: 'none', connectNulls: false,
      color: colourOf(who), lineStyle: { width: 1.75, color: colourOf(who) },
      data: values.map((v, i) => [at(i), v === null || panel > 0 ? v : Math.log10(Math.max(v, 0.001))]), ...more,
    });
    const series = [];
    for (const [who, side] of inOrder(t.sides)) {
      series.push(line(who + ' p50', 0, side.p50, who));
      series.push(line(who + ' p95', 0, side.p95, who, { lineStyle: { width: 1.25, color: colourOf(who), opacity: 0.55 } }));
      series.push(line(who + ' errors', 1, side.errors, who, {
        lineStyle: { width: 1.25, color: colourOf(who) }, areaStyle: { color: colourOf(who), opacity: 0.12 },
        tooltip: { valueFormatter: v => v === null || v === undefined ? '–' : share(v) } }));
    }
    // Stacked by hand: the library does not stack on two value axes. The whole first, its lower parts over it.
    const room = (width - left - right) / t.count;
    const sums = new Array(t.count).fill(0);
    const layers = inOrder(t.served_by).map(([who, counts]) => ({
      name: 'answered by ' + who, type: 'bar', xAxisIndex: 2, yAxisIndex: 2, barWidth: Math.max(0.6, room * 0.86),
      barGap: '-100%', color: colourOf(who), encode: { x: 0, y: 1, tooltip: 2 },
      data: counts.map((v, i) => [at(i), sums[i] += v, v]), tooltip: { valueFormatter: v => String(v) },
    }));
    series.push(...layers.reverse());
    for (const panel of [0, 1, 2]) {
      series.push({ type: 'line', xAxisIndex: panel, yAxisIndex: panel, data: [], silent: true, tooltip: { show: false },
        markArea: area(panel, panel === 0), markLine: panel === 0 ? rules(rows, []) : undefined });
    }
    const most = Math.max(0.01, ...Object.values(t.sides).flatMap(s => s.errors.map(v => v || 0)));
    return {
      grid: heights.map((height, i) => ({ left, right, top: tops[i], height })),
      title: panels.map((name, i) => ({ text: name, left: 0, top: tops[i] - 27, padding: 0,
        textStyle: { ...text(), fontWeight: 600, fontSize: 12 } })),
      xAxis: [axisX(0, false), axisX(1, false), axisX(2, true)],
      yAxis: [logAxis(rows), axisY(1, share, { max: Math.min(1, most * 1.1) > 0.5 ? 1 : undefined, minInterval: 0.001 }),
        axisY(2, v => String(v))],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: { ...box(), trigger: 'axis', axisPointer: { type: 'line' },
        valueFormatter: v => v === null || v === undefined ? '–' : time(10 ** v) },
      series,
    };
  }

  const DECISIONS = { PROMOTED: '✓', HELD: 'held', ROLLED_BACK: 'rolled back' };
  const ALARM = 20;

  function rollout(width) {
    const r = data.rollout;
    const span = r.span_ms;
    const tested = r.evidence.length > 0;
    const heights = tested ? [170, 120] : [290];
    const tops = tested ? [42, 262] : [42];
    const panels = ['share of the new provider', 'E-value: evidence against the new provider (log)'];
    const left = 66, right = 14;
    const powers = [];
    const low = -2, high = Math.max(2, Math.ceil(Math.log10(Math.max(1, ...r.evidence.map(e => e[1]))) + 0.05));
    for (let power = low; power <= high; power += high - low > 6 ? 2 : 1) powers.push(power);
    const plain = power => (10 ** power).toLocaleString('en-US');
    const axisX = (i, last) => ({
      type: 'value', gridIndex: i, min: 0, max: span, interval: niceSpan(span, Math.max(3, width / 90)),
      axisLabel: { ...text(), show: last, formatter: v => v > span * 0.985 && v < span ? '' : clock(v), hideOverlap: true },
      axisLine: { onZero: false, lineStyle: { color: colour('soft') } }, axisTick: { show: last, lineStyle: { color: colour('line') } },
      splitLine: { show: false }, axisPointer: { label: { show: false } },
    });
    const steps = [[0, 0]];
    for (const [at, weight] of r.weights) steps.push([Math.max(0, at), weight]);
    steps.push([span, steps[steps.length - 1][1]]);
    const shown = r.decisions.filter(d => d.decision !== 'ROLLED_BACK' || r.rollback === null);
    const marks = label => ({
      silent: true, symbol: 'none', animation: false,
      data: shown.map(d => ({ xAxis: Math.min(d.at, span), lineStyle: { color: colour('soft'), type: 'dashed', width: 1 },
        label: { ...text(), show: label, formatter: DECISIONS[d.decision], position: 'end', distance: 5 } }))
        .concat(r.rollback === null ? [] : [{ xAxis: Math.min(r.rollback, span),
          lineStyle: { color: colour('bad'), type: 'solid', width: 1.5 },
          label: { ...text(), color: colour('bad'), show: label, formatter: 'rollback', position: 'end', distance: 5 } }]),
    });
    const shade = i => ({ silent: true, itemStyle: { color: colour('shade') }, label: { show: false },
      data: faultAreas(span) });
    const series = [
      { name: 'weight in force', type: 'line', step: 'end', symbol: 'none', color: colour('soft'), data: steps,
        lineStyle: { width: 2, color: colour('soft') }, markLine: marks(true), markArea: shade(0) },
      { name: 'observed share', type: 'line', step: 'middle', symbol: 'none', connectNulls: false, color: colour('new'),
        lineStyle: { width: 1.75, color: colour('new') }, data: r.observed.map((v, i) => [(i + 0.5) * r.bucket_ms, v]) },
    ];
    if (tested) {
      series.push({ name: 'E-value', type: 'line', xAxisIndex: 1, yAxisIndex: 1, symbol: 'none', z: 6, color: colour('gateway'),
        lineStyle: { width: 1.75, color: colour('gateway') },
        data: r.evidence.map(([at, e]) => [at, Math.max(low, Math.log10(Math.max(e, 1e-12))), e]), encode: { x: 0, y: 1, tooltip: 2 },
        markArea: shade(1), markLine: marks(false) });
      series.push({ type: 'line', xAxisIndex: 1, yAxisIndex: 1, data: [], silent: true, tooltip: { show: false }, markLine: {
        silent: true, symbol: 'none', animation: false, z: 0,
        data: powers.map(power => ({ yAxis: power, name: plain(power), lineStyle: { color: colour('line'), type: 'solid', width: 1 },
          label: { ...text(), position: 'start', show: true, formatter: q => q.name } }))
          .concat([{ yAxis: Math.log10(ALARM), lineStyle: { color: colour('bad'), type: 'dashed', width: 1.5 },
            label: { ...text(), color: colour('bad'), position: 'insideStartTop', formatter: '20 rolls back' } }]) } });
    }
    return {
      grid: heights.map((height, i) => ({ left, right, top: tops[i], height })),
      title: heights.map((_, i) => ({ text: panels[i], left: 0, top: tops[i] - (i === 0 ? 40 : 27), padding: 0,
        textStyle: { ...text(), fontWeight: 600, fontSize: 12 } })),
      xAxis: heights.map((_, i) => axisX(i, i === heights.length - 1)),
      yAxis: [{ type: 'value', gridIndex: 0, min: 0, max: 1, interval: 0.25, axisLine: { show: false }, axisTick: { show: false },
        splitLine: { lineStyle: { color: colour('line') } }, axisLabel: { ...text(), formatter: share } }]
        .concat(tested ? [{ type: 'value', gridIndex: 1, min: low - 0.05, max: high, axisLabel: { show: false }, axisTick: { show: false },
          axisLine: { show: false }, splitLine: { show: false } }] : []),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: { ...box(), trigger: 'axis', axisPointer: { type: 'line', label: { show: false } },
        formatter: points => [clock(points[0].axisValue)].concat(points.map(p => p.marker + p.seriesName + '  '
          + (p.seriesName === 'E-value' ? +p.value[2].toPrecision(3) : p.value[1] === null ? '–' : share(p.value[1])))).join('<br>') },
      series,
    };
  }

  function ticks(low, high) {
    const found = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      for (const step of [1, 2, 5]) found.push(step * 10 ** power);
    }
    const first = Math.max(0, found.findLastIndex(v => v <= low * 1.0001));
    const last = found.findIndex(v => v >= high * 0.9999);
    return found.slice(first, last < 0 ? found.length : last + 1);
  }

  const logAxis = rows => ({
    type: 'value', min: Math.log10(rows[0]) - 0.01, max: Math.log10(rows[rows.length - 1]) + 0.01,
    axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false },
    axisPointer: { label: { show: false } },
  });

  // Log positions are worked out here and the grid drawn as mark lines: a log axis would only label powers of ten.
  function rules(rows, columns) {
    const label = { ...text(), position: 'start', show: true, formatter: p => p.name };
    return {
      silent: true, symbol: 'none', animation: false, lineStyle: { color: colour('line'), type: 'solid', width: 1 }, z: 0,
      data: rows.map(v => ({ yAxis: Math.log10(v), name: time(v), label }))
        .concat(columns.map(([x, name]) => ({ xAxis: x, name, label }))),
    };
  }

  const NINES = [[0, '0'], [Math.log10(2), '50'], [1, '90'], [2, '99'], [3, '99.9'], [4, '99.99']];

  const percentiles = curves => width => {
    const names = inOrder(curves).map(([name]) => name);
    const all = names.flatMap(n => curves[n].map(p => p[1]));
    const rows = ticks(Math.min(...all), Math.max(...all));
    const end = Math.max(1, ...names.map(n => curves[n][curves[n].length - 1][0]));
    const columns = NINES.filter(([x]) => x <= end + 1e-9);
    return {
      grid: { left: 52, right: 22, top: 14, bottom: 40 },
      xAxis: { type: 'value', min: 0, max: end, show: true, name: 'percentile', nameLocation: 'middle', nameGap: 26,
        nameTextStyle: text(), axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false },
        axisLine: { onZero: false, lineStyle: { color: colour('soft') } }, axisPointer: { label: { show: false } } },
      yAxis: logAxis(rows),
      tooltip: { ...box(), trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: colour('soft') } },
        formatter: points => {
          const p = 100 * (1 - 10 ** -points[0].value[0]);
          return [+p.toFixed(p > 99 ? 3 : 1) + '%'].concat(points.map(q => q.marker + q.seriesName + '  ' + time(10 ** q.value[1])))
            .join('<br>');
        } },
      series: names.map((name, i) => ({
        name, type: 'line', symbol: 'none', color: colourOf(name), lineStyle: { width: 2, color: colourOf(name) },
        data: curves[name].map(p => [p[0], Math.log10(p[1])]),
      })).concat({ type: 'line', data: [], silent: true, tooltip: { show: false }, markLine: rules(rows, columns) }),
    };
  };

  function legend() {
    const element = document.getElementById('timeline-legend');
    if (!element) return;
    const entry = (style, words) => {
      const item = document.createElement('span');
      const key = document.createElement('span');
      key.className = 'key ' + style;
      item.append(key, words);
      element.append(item);
    };
    for (const [who] of inOrder(data.timeline.sides)) {
      entry(who + ' strong', who + ' p50');
      entry(who + ' thin', who + ' p95');
    }
    for (const [who, counts] of inOrder(data.timeline.served_by)) {
      if (counts.some(v => v > 0)) entry(who, 'answered by ' + who);
    }
  }

  function drawAll() {
    while (charts.length) charts.pop().dispose();
    if (!data.timeline) return;
    if (data.rollout) draw('rollout', rollout);
    draw('timeline', timeline);
    if (Object.keys(data.latency).length) draw('latency', percentiles(data.latency));
    if (Object.keys(data.ttft).length) draw('ttft', percentiles(data.ttft));
  }

  function printing(on) {
    document.documentElement.classList.toggle('printing', on);
    for (const chart of document.querySelectorAll('.chart')) {
      chart.style.width = !on ? '' : chart.matches('.tall, .mid') ? '680px' : '318px';
    }
    drawAll();
  }

  legend();
  drawAll();
  let waiting = 0;
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(drawAll);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  window.addEventListener('beforeprint', () => printing(true));
  window.addEventListener('afterprint', () => printing(false));
})();
