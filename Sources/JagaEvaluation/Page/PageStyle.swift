/// The page's style sheet: light and dark, phone and print. Colours are those of Okabe and Ito (2008), which colour-blind readers can tell
/// apart; dashes, shapes, hatching and letters say the same again.
enum PageStyle {
  /// Base64 of the SHA-256 of ``text``, for the page's content policy. scripts/check-report compares it.
  static let hash: StaticString = "+yMB8LcqlcMD+4OJ0ZfNWDU9b7M1YSumEUb93ftESOQ="

  static let text: StaticString = """
    :root{color-scheme:light dark;--page:#fff;--ink:#1a1c20;--soft:#565b65;--rule:#c9cdd4;--grid:#e4e7eb;--band:#f3f5f7;--a:#005f96;--b:#b34700;\
    --c:#00735a;--link:#00558a;--g:#9fd0ee;--s:#f3b98c;--t:#f1dd74;--o:#8fd6bd;--d:#d9c3e6}
    @media (prefers-color-scheme:dark){:root{--page:#15171b;--ink:#e9ebee;--soft:#a9afba;--rule:#474c55;--grid:#2b2f36;--band:#1e2127;--a:#6cbcf0;\
    --b:#f5a066;--c:#4fcfae;--link:#8ccbf5;--g:#175a80;--s:#84410f;--t:#6a5b06;--o:#0c5f49;--d:#5d3f70}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
    header,main,footer{max-width:78rem;margin:0 auto;padding:0 1.25rem}
    h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .25rem}
    h2{font-size:1.35rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:2px solid var(--rule)}
    h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
    h4{font-size:1rem;margin:1.25rem 0 .25rem}
    p,ul,dl{max-width:60rem}
    h1,p,li,dd,figcaption,summary{overflow-wrap:anywhere}
    a{color:var(--link)}
    a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--a);outline-offset:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.5rem}
    .soft,footer{color:var(--soft)}
    nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.75rem 0}
    dt{color:var(--soft)}
    dd{margin:0}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .defs{position:absolute;width:0;height:0}
    .scroll{overflow-x:auto;margin:.5rem 0 1rem;position:relative}
    table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);padding:.25rem 0}
    th,td{padding:.2rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid)}
    thead th{border-bottom:2px solid var(--rule);vertical-align:bottom}
    tbody th{font-weight:600;white-space:nowrap}
    tbody th.long{white-space:normal;min-width:18rem;overflow-wrap:anywhere}
    .wide tbody th{position:sticky;left:0;background:var(--page)}
    .wide .ci{display:block}
    thead th{white-space:nowrap}
    th:first-child{padding-left:.25rem}
    .n{text-align:right;white-space:nowrap}
    .ci{color:var(--soft)}
    .quote{min-width:16rem;white-space:pre-wrap;overflow-wrap:anywhere}
    th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
    th button::after{content:" \\2195";color:var(--soft)}
    th[aria-sort=ascending] button::after{content:" \\2191";color:inherit}
    th[aria-sort=descending] button::after{content:" \\2193";color:inherit}
    .tools{display:flex;gap:.75rem;align-items:center;flex-wrap:wrap;font-size:.875rem;margin-top:.5rem}
    .tools input{font:inherit;color:inherit;background:var(--band);border:1px solid var(--soft);border-radius:4px;padding:.2rem .5rem}
    .plots{display:flex;flex-wrap:wrap;gap:1rem 2rem}
    figure{margin:.5rem 0 1rem;max-width:100%;min-width:0}
    figcaption{font-weight:600;font-size:.95rem}
    summary{cursor:pointer;color:var(--link);font-size:.875rem}
    details{margin:.25rem 0}
    details.data .scroll{max-height:24rem;overflow-y:auto}
    .matrix th,.matrix td{padding:.15rem .3rem;border:1px solid var(--grid)}
    .matrix thead th{border-bottom:1px solid var(--rule);vertical-align:bottom}
    .matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
    .matrix td{text-align:right;min-width:2.1rem}
    .matrix td.right{outline:2px solid var(--ink);outline-offset:-2px}
    .h1{background:rgba(0,114,178,.08)}.h2{background:rgba(0,114,178,.16)}.h3{background:rgba(0,114,178,.24)}.h4{background:rgba(0,114,178,.33)}\
    .h5{background:rgba(0,114,178,.42)}.h6{background:rgba(0,114,178,.5)}
    .plot{display:block;max-width:100%;height:auto;overflow:visible;font:12px system-ui,"DejaVu Sans",sans-serif}
    .timeline .plot{max-width:none}
    .plot text{fill:var(--ink)}
    .plot .tick{fill:var(--soft)}
    .plot .end{text-anchor:end}
    .plot .middle{text-anchor:middle}
    .plot .code{font-size:11px;font-weight:600}
    .axis{stroke:var(--soft);fill:none}
    .grid{stroke:var(--grid);fill:none}
    .chance{stroke:var(--soft);stroke-dasharray:2 4;fill:none}
    .limit{stroke:var(--ink);stroke-dasharray:6 4;fill:none}
    .alarm{stroke-width:2.5;fill:none}
    .line{fill:none;stroke-width:2.25;stroke-linejoin:round}
    .thin{stroke-width:1.25}
    .line.s0,.whisker.s0,.alarm.s0{stroke:var(--a)}
    .line.s1,.whisker.s1,.alarm.s1{stroke:var(--b);stroke-dasharray:8 4}
    .whisker{stroke-width:1.25;opacity:.75}
    .mark{stroke:var(--page);stroke-width:1.25}
    .mark.s0,.bar.s0{fill:var(--a)}
    .mark.s1{fill:var(--b)}
    .bar.s1,.bar.k1{fill:url(#hatch-b);stroke:var(--b)}
    .bar.k0{fill:var(--a)}
    .bar.k2{fill:url(#dots);stroke:var(--c)}
    .bar.early{fill:url(#hatch-a);stroke:var(--a)}
    .hatch{stroke:var(--b);stroke-width:2.5}
    .dot{fill:var(--c)}
    .legend{fill:var(--page);opacity:.88}
    .band{fill:var(--ink)}
    .nothing{fill:var(--rule)}
    .stage{stroke:var(--soft)}
    .t0{fill:var(--g)}.t1{fill:var(--s)}.t2{fill:var(--t)}.t3{fill:var(--o)}.t4{fill:var(--d)}
    @media (max-width:40rem){header,main,footer{padding:0 .75rem}h1{font-size:1.4rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
    @media print{:root{color-scheme:light;--page:#fff;--ink:#000;--soft:#444;--rule:#999;--grid:#ccc;--a:#005f96;--b:#b34700;--c:#00735a;--g:#9fd0ee;\
    --s:#f3b98c;--t:#f1dd74;--o:#8fd6bd;--d:#d9c3e6}body{font-size:10pt}header,main,footer{max-width:none;padding:0}*{print-color-adjust:exact}\
    nav,.skip,.tools,details.data:not([open]),.more>summary{display:none}.scroll,.data .scroll{overflow:visible;max-height:none}table{font-size:7.5pt}\
    th,td{padding:.1rem .3rem}thead{display:table-header-group}tr,figure,h2,h3,h4{break-inside:avoid}h2,h3,h4{break-after:avoid}\
    th button::after{content:""!important}.matrix th,.matrix td{padding:.05rem .15rem}.matrix td{min-width:0}.matrix{font-size:6.5pt}\
    .timeline .plot{max-width:100%}.plots figure:not(.timeline){flex:0 0 46%}@page{margin:1.5cm}.wide{font-size:6pt}.wide .n,thead th{white-space:normal}.wide thead th{overflow-wrap:anywhere}details.more::details-content{content-visibility:visible;height:auto}}
    """
}
