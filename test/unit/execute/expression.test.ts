import { plainExpression } from '../../../nodes/JSms/execute/expression';

const own = (...steps: Array<string | number>) => ({ source: { of: 'json' }, steps });

it('takes references apart', () => {
	expect(plainExpression('={{ $json.a["b c"].d[0] }}')).toEqual(own('a', 'b c', 'd', 0));
	expect(plainExpression(`={{ $json.a["it's"]['say "x"']['it\\'s'] }}`)).toEqual(own('a', "it's", 'say "x"', "it's"));
});

it.each(['first_name', 'my_prototype', 'prototypes', 'callees', 'forgetProto'])(
	'follows %s, which only looks like a name that n8n guards',
	(name) => {
		expect(plainExpression(`={{ $json.${name} }}`)).toEqual(own(name));
	},
);

it.each([
	["$('People').item", { of: 'node', name: 'People', which: 'item' }],
	['$("People").item', { of: 'node', name: 'People', which: 'item' }],
	["$('it\\'s').first()", { of: 'node', name: "it's", which: 'first' }],
	["$('People').last()", { of: 'node', name: 'People', which: 'last' }],
	["$('People').all()[3]", { of: 'node', name: 'People', which: 3 }],
	['$input.item', { of: 'input', which: 'item' }],
	['$input.all()[0]', { of: 'input', which: 0 }],
	['$node["People"]', { of: 'position', name: 'People' }],
	['$items("People")[2]', { of: 'items', name: 'People', which: 2 }],
])('knows where %s starts', (code, source) => {
	expect(plainExpression(`={{ ${code}.json.a }}`)).toEqual({ source, steps: ['a'] });
});

it('takes text with references apart', () => {
	expect(plainExpression('=No. {{ $json.a }}, {{$json.b}}!')).toEqual({
		parts: ['No. ', own('a'), ', ', own('b'), '!'],
	});
	expect(plainExpression('={{ $json.a }}{{ $json.b }}')).toEqual({ parts: [own('a'), own('b')] });
	expect(plainExpression('={{ $json.a }} ')).toEqual({ parts: [own('a'), ' '] });
	expect(plainExpression('=plain }} text')).toEqual({ parts: ['plain }} text'] });
	expect(plainExpression('=')).toEqual({ parts: [] });
});

it.each([
	'$json.a',
	'={{ $json }}',
	'={{ $json.a() }}',
	'={{ $json.a + 1 }}',
	'=x {{ $json.a + 1 }}',
	'={{ $json.__proto__ }}',
	'={{ $json["a\\\\b"] }}',
	'={{ $json.constructorId }}',
	'={{ $json["a.constructor"] }}',
	'=x.constructor {{ $json.a }}',
	'=x. constructor {{ $json.a }}',
	'={{ $json.callee }}',
	'={{ $json.dlopen }}',
	'={{ $json.getPrototypeOf }}',
	'={{ $json.getOwnPrototype }}',
	'={{ $json.a² }}',
	'={{ $json["a\n"] }}',
	'={{ $json[01] }}',
	"={{ $('').item.json.a }}",
	"={{ $('__proto__').item.json.a }}",
	"={{ $('People').item.json }}",
	"={{ $('People').item.binary.a }}",
	"={{ $('People').first(0).json.a }}",
	'={{ $(name).item.json.a }}',
	'={{ $node.People.json.a }}',
	'={{ $items()[0].json.a }}',
	'=a \\{{ $json.a }}',
	'={{ $json.a }} {{',
	'=toString',
])('leaves %s to n8n', (raw) => {
	expect(plainExpression(raw)).toBeUndefined();
});
