/** A small XLSX file, made by hand so that the tests say what each cell holds: a text, a number, or a number with a format. */

export type Cell = string | number | { value: number; format: 'date' | 'scientific' };

/** Order of the formats in the style sheet; 14 and 11 are Excel's own numbers for them. */
const STYLES = { date: 1, scientific: 2 };
const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export function xlsxOf(rows: Cell[][]): Buffer {
	const sheet = rows.map(
		(cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => cellOf(cell, row, column)).join('')}</row>`,
	);
	return zipOf({
		'[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
		'_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<workbook xmlns="${NS}" xmlns:r="${OFFICE}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
		'xl/styles.xml': `<styleSheet xmlns="${NS}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="11" applyNumberFormat="1"/></cellXfs></styleSheet>`,
		'xl/worksheets/sheet1.xml': `<worksheet xmlns="${NS}"><sheetData>${sheet.join('')}</sheetData></worksheet>`,
	});
}

function cellOf(cell: Cell, row: number, column: number) {
	const at = `r="${String.fromCharCode(65 + column)}${row + 1}"`;
	if (typeof cell === 'string') return `<c ${at} t="inlineStr"><is><t>${cell}</t></is></c>`;
	if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`;
	return `<c ${at} s="${STYLES[cell.format]}"><v>${cell.value}</v></c>`;
}

/** A ZIP archive without compression. */
function zipOf(files: Record<string, string>) {
	const parts = [];
	const directory = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const data = Buffer.from(text);
		const shared = Buffer.alloc(26);
		shared.writeUInt16LE(20, 0);
		shared.writeUInt32LE(crc32(data), 10);
		shared.writeUInt32LE(data.length, 14);
		shared.writeUInt32LE(data.length, 18);
		shared.writeUInt16LE(name.length, 22);
		const entry = Buffer.alloc(46);
		entry.write('PK\x01\x02', 'latin1');
		entry.writeUInt16LE(20, 4);
		shared.copy(entry, 6);
		entry.writeUInt32LE(offset, 42);
		directory.push(entry, Buffer.from(name));
		const local = [Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), data];
		parts.push(...local);
		offset += local.reduce((sum, { length }) => sum + length, 0);
	}
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(Object.keys(files).length, 8);
	end.writeUInt16LE(Object.keys(files).length, 10);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...directory, end]);
}

/** zlib has it from Node.js 22 on only. */
function crc32(data: Buffer) {
	let crc = ~0;
	for (const byte of data) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
