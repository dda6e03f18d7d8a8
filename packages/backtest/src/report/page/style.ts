const LIGHT = `--paper:#fff;--ink:#17202b;--soft:#5b6776;--hair:#e4e8ed;--rule:#b6bec8;--tint:#f4f6f8;
--blue:#0b62b0;--orange:#b3530d;--green:#13795b;--purple:#84429c;--grey:#69737f;--gain:11 98 176;--loss:214 106 24;
--warn:#fff6e5;--warn-edge:#d99a2b`;
const DARK = `--paper:#0f151c;--ink:#e5ebf2;--soft:#98a6b6;--hair:#232d39;--rule:#46535f;--tint:#161e27;
--blue:#6db5f7;--orange:#f2a25f;--green:#5ccaa6;--purple:#d3a0e3;--grey:#9ba7b4;--gain:88 166 240;--loss:236 140 66;
--warn:#251d0e;--warn-edge:#c98a26`;

const TONES = ["blue", "orange", "green", "purple", "grey", "ink"]
  .map((tone) => `.${tone}{--tone:var(--${tone})}`)
  .join("");
const HEAT = [1, 2, 3, 4, 5]
  .map(
    (k) => `.gain${k}{background:rgb(var(--gain)/${k * 8}%)}.loss${k}{background:rgb(var(--loss)/${k * 8}%)}`,
  )
  .join("");

/** The page's whole style. Blue and orange are told apart by all eyes; dark and print need no choice of the reader. */
export const STYLE: string = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1120px;margin:0 auto;padding:48px 32px 56px}
h1{font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:16px;font-weight:650;letter-spacing:-.005em}
.lede,section>p,.under{color:var(--soft)}
.lede{margin-top:6px}
.badge{display:inline-block;margin-left:10px;padding:2px 10px;border-radius:99px;background:var(--orange);color:var(--paper);font-size:12px;font-weight:650;letter-spacing:.04em;vertical-align:5px;white-space:nowrap}
.warnings{margin-top:24px;padding:14px 18px;border-left:3px solid var(--warn-edge);border-radius:2px 6px 6px 2px;background:var(--warn)}
.warnings ul{margin:4px 0 0;padding-left:18px}
.warnings li+li{margin-top:4px}
dl{display:grid;margin-top:28px}
dt{color:var(--soft);font-size:13px}
dd{white-space:nowrap}
dd small{color:var(--soft);font-size:13px;font-weight:400;letter-spacing:0}
.headline{grid-template-columns:repeat(4,1fr);gap:22px 24px;padding:22px 0;border:solid var(--hair);border-width:1px 0}
.headline dd{font-size:25px;line-height:1.25;font-weight:600;letter-spacing:-.02em}
.further{grid-template-columns:repeat(5,1fr);gap:12px 24px;margin-top:22px}
.further dd{font-weight:550}
section{margin-top:48px;min-width:0}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 12px;margin-bottom:14px}
.head p{color:var(--soft);font-size:13px}
section>p,.under{margin-top:10px;font-size:13px}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 48px}
.columns section:last-child:nth-child(odd){grid-column:1/-1}
.frame{position:relative;margin:0 4px 14px 58px}
.plot{position:relative}
.named .frame{margin-right:118px}
.ends{position:absolute;top:0;left:calc(100% - 108px)}
.frame.timed{margin-bottom:30px}
.frame svg{display:block;width:100%;height:100%;overflow:visible}
.plot>div>div,.ends{font-size:12px;line-height:16px;color:var(--soft);white-space:nowrap}
.plot span{position:absolute}
.y span{right:100%;margin-right:10px;transform:translateY(-50%)}
.few{display:none}
.x span{top:100%;margin-top:8px;transform:translateX(-50%)}
.ends span{transform:translateY(-50%);color:var(--tone)}
.ends b{font-weight:650}
svg path,svg rect{vector-effect:non-scaling-stroke;stroke-linejoin:round;stroke-linecap:round}
.grid{stroke:var(--hair);fill:none}
.base{stroke:var(--rule);fill:none}
.mark{stroke:var(--orange);stroke-dasharray:3 4;fill:none;opacity:.75}
.line{stroke:var(--tone);stroke-width:1.5;fill:none}
.line.fine{stroke-width:1.2;opacity:.85}
.area,.band{fill:var(--tone);opacity:.16;stroke:none}
.bar{fill:var(--tone)}
${TONES}
.scroll{overflow-x:auto;outline-offset:4px}
table{width:100%;border-collapse:separate;border-spacing:0}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:6px 10px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--hair)}
thead th{color:var(--soft);font-size:13px;font-weight:400;border-bottom-color:var(--rule)}
tbody th{font-weight:550}
th:first-child{position:sticky;left:0;padding-left:0;text-align:left;background:var(--paper)}
.grid-table td{border:2px solid var(--paper);border-width:1px;border-radius:4px;padding:5px 8px;font-size:13px}
.grid-table td.total{font-weight:650;padding-left:16px}
.grid-table th{border-bottom-color:transparent}
.words th,.words td{text-align:left;vertical-align:top}
.words td:last-child{white-space:normal;min-width:180px}
${HEAT}
footer{margin-top:56px;padding-top:18px;border-top:1px solid var(--hair);color:var(--soft);font-size:13px}
footer p+p{margin-top:6px}
code{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media screen and (max-width:860px){.columns{grid-template-columns:minmax(0,1fr)}.further{grid-template-columns:repeat(3,1fr)}}
@media screen and (max-width:560px){main{padding:28px 16px 40px}h1{font-size:24px}.headline{grid-template-columns:repeat(2,1fr);gap:18px 16px}.headline dd{font-size:21px}.further{grid-template-columns:repeat(2,1fr)}
section{margin-top:40px}.frame{margin-left:48px}.named .frame{margin-right:4px}.ends{position:static;display:flex;flex-wrap:wrap;gap:2px 14px;margin:0 0 14px 48px}.ends span{position:static;transform:none}.many{display:none}.few{display:block}th,td,.grid-table td{padding-left:6px;padding-right:6px}}
@media print{:root{${LIGHT};color-scheme:light}body{font-size:11px;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}dl{margin-top:14px}.headline{gap:12px 20px;padding:12px 0}.headline dd{font-size:20px}.further{gap:8px 20px;margin-top:12px}dt,dd small{font-size:11px}.columns{gap:0 32px}section{margin-top:22px;break-inside:avoid}th,td,.grid-table td{padding:3px 6px;font-size:11px}.scroll{overflow:visible}th:first-child{position:static}footer{margin-top:20px;padding-top:10px;break-inside:avoid;font-size:11px}@page{margin:14mm}}`;
