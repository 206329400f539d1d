import { trusted, type Html } from './html';

export const DEFAULT_COLOR = '#1a6fe0';

/** Six digits behind a hash: the only form that gets into the style sheet. */
export const COLOR = /^#[0-9a-f]{6}$/i;

/** Black or white, whichever is easier to read on a color (contrast of WCAG 2). */
export function textOn(color: string): string {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

/** @param color checked against `COLOR`; anything else gives the default */
export function styleFor(color: string): Html {
	const button = COLOR.test(color) ? color : DEFAULT_COLOR;
	return trusted(`:root{--button:${button};--on-button:${textOn(button)};${STYLE}`);
}

const STYLE = `
--page:#f3f4f6;--card:#fff;--text:#1b2333;--quiet:#5b6474;--line:#8a919e;--soft:#d5d9e0;--focus:#1a5fd0;--bad:#b42318;--bad-page:#fef0ee;--good:#0f7a43;--good-page:#e3f5ea}
@media (prefers-color-scheme:dark){:root{--page:#11141a;--card:#1c2129;--text:#eef1f6;--quiet:#a9b2c1;--line:#7d8797;--soft:#3c4452;--focus:#8ab8ff;--bad:#ffb4ab;--bad-page:#3f1d1a;--good:#7ddba2;--good-page:#173526}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;align-items:center;justify-content:center;padding:16px;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
main{width:100%;max-width:400px;background:var(--card);border-radius:16px;padding:28px 24px;box-shadow:0 1px 3px rgba(0,0,0,.12),0 8px 24px rgba(0,0,0,.05)}
h1{margin:0 0 4px;font-size:24px;line-height:1.3;overflow-wrap:anywhere}
h1:focus{outline:0}
p{margin:0 0 20px;color:var(--quiet);overflow-wrap:anywhere;white-space:pre-line}
form{margin:0}
.field{margin:0 0 18px}
label{display:block;margin:0 0 6px;font-weight:600;overflow-wrap:anywhere}
label span{font-weight:400;font-size:14px;color:var(--quiet)}
input{width:100%;min-height:50px;padding:10px 14px;border:1px solid var(--line);border-radius:10px;background:var(--card);color:var(--text);font:inherit;font-size:18px}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
input[aria-invalid]{border:2px solid var(--bad)}
.number{display:flex;align-items:center;gap:10px}
.number b{font-weight:400;font-size:18px;color:var(--quiet)}
.number input{flex:1;min-width:0}
.code{font-size:24px;letter-spacing:.3em;text-align:center;font-variant-numeric:tabular-nums}
.hint{margin:8px 0 0;font-size:14px;color:var(--quiet)}
button,.button{display:block;width:100%;min-height:50px;padding:11px 16px;border:1px solid transparent;border-radius:10px;background:var(--button);color:var(--on-button);font:inherit;font-weight:600;font-size:17px;text-align:center;text-decoration:none;cursor:pointer;overflow-wrap:anywhere}
.second{margin-top:12px;background:transparent;border-color:var(--line);color:var(--text);font-variant-numeric:tabular-nums}
button[disabled]{cursor:default;border-color:var(--soft);color:var(--quiet)}
button[aria-busy]{opacity:.7}
.other{display:block;margin:16px auto 0;width:fit-content;padding:4px 8px;color:var(--text);text-align:center}
.alert{margin:0 0 18px;padding:12px 14px;border-radius:10px;background:var(--bad-page);color:var(--bad)}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
.done{text-align:center}
.done p:last-child{margin:0}
.mark{display:block;width:64px;height:64px;margin:0 auto 16px;padding:16px;border-radius:50%;background:var(--good-page);color:var(--good)}
.mark.bad{background:var(--bad-page);color:var(--bad)}
@media (max-width:480px){body{align-items:flex-start;padding-top:max(16px,10vh)}}
@media (forced-colors:active){button,.button{border-color:currentColor}}
`;
