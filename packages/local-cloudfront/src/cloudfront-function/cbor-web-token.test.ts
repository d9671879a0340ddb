import { expect, it } from "vitest";
import { logsOf } from "../../test/support/run-cloudfront-function.ts";
import { decodeCwt, encodeCwt } from "./cbor-web-token.ts";

/** The MACed token of RFC 8392, appendix A.4, and its key. */
const token = Buffer.from(
  "d83dd18443a10104a1044c53796d6d65747269633235365850a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b7148093101ef6d789200",
  "hex",
);
const key = Buffer.from("403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388", "hex");

const inFunction = `var token = Buffer.from('${token.toString("hex")}', 'hex');
  var key = Buffer.from('${key.toString("hex")}', 'hex');`;

it("FN-I-50: validateToken() decodes a token of the standard; claims have texts as keys", async () => {
  const body = `${inFunction} var t = cf.cwt.validateToken(token, { key: key });
    console.log(Object.keys(t).join());
    console.log(t.protectedHeaders[1]);
    console.log(t.unprotectedHeaders['4'].toString());
    console.log(JSON.stringify([t.payload[1], t.payload['4'], Buffer.isBuffer(t.payload[7])]));`;
  expect(await logsOf(body)).toEqual([
    "protectedHeaders,unprotectedHeaders,payload",
    "4",
    "Symmetric256",
    '["coap://as.example.com",1444064944,true]',
  ]);
});

it("FN-I-50: no claim is checked: an expired token is valid", () => {
  expect(decodeCwt(token, key).payload).toMatchObject({ 4: 1_444_064_944 });
});

it.each([
  [
    "token[token.length - 1] ^= 1;",
    "token, { key: key }",
    "Error: The signature of the token is not valid",
  ],
  ["", "token, { key: 'k' }", "Error: The signature of the token is not valid"],
  ["", "token, {}", "TypeError: key is not a string or Buffer"],
  ["", "'text', { key: key }", "TypeError: token is not a Buffer"],
  ["", "token.slice(2, 9), { key: key }", "Error: The token is no CBOR"],
  ["", "token.slice(4), { key: key }", "Error: The token is no CBOR"],
  [
    "",
    "Buffer.from('80', 'hex'), { key: key }",
    "Error: The token is no COSE_Mac0 structure with its tag",
  ],
  ["", "Buffer.alloc(1025), { key: key }", "Error: The token has 1025 bytes, more than 1024"],
])("FN-I-50: %s validateToken(%s) throws", async (before, given, text) => {
  const logs = await logsOf(`${inFunction} ${before} cf.cwt.validateToken(${given});`);
  expect(logs).toEqual([`execution: ${text}`]);
});

it.each([
  "payload, { cwtTag: true, coseTag: 'MAC0', key: 'secret' }",
  "{ coseTag: 'MAC0', key: Buffer.from('secret') }, payload",
])("FN-I-50: generateToken(%s) makes what validateToken() reads", async (given) => {
  const body = `var payload = { protected: { 1: '5' }, unprotected: {}, payload: {
      1: 'me', 4: 1750000000, 401: { 1: { 3: ['.m3u8', true, null] } }, jti: Buffer.from('id') } };
    var made = cf.cwt.generateToken(${given});
    var read = cf.cwt.validateToken(made, { key: 'secret' });
    console.log(made.toString('hex').slice(0, 6));
    console.log(JSON.stringify([read.protectedHeaders, read.payload[401], read.payload.jti.toString()]));`;
  expect(await logsOf(body)).toEqual([
    given.includes("cwtTag") ? "d83dd1" : "d18443",
    '[{"1":5},{"1":{"3":[".m3u8",true,null]}},"id"]',
  ]);
});

it.each([
  [
    "{ payload: { 1: 'x'.repeat(1100) } }, { coseTag: 'MAC0', key: 'k' }",
    /^execution: Error: The token has 1\d{3} bytes/,
  ],
  ["{ protected: { 1: 7 }, payload: {} }, { coseTag: 'MAC0', key: 'k' }", /is not HS256$/],
  ["{ payload: {} }, { coseTag: 'SIGN1', key: 'k' }", /coseTag must be "MAC0"$/],
  ["{}, { coseTag: 'MAC0', key: 'k' }", /the token must have a payload$/],
])("FN-I-50: generateToken(%s) throws", async (given, text) => {
  expect((await logsOf(`cf.cwt.generateToken(${given});`)).join()).toMatch(text);
});

it("FN-I-50: a token is the same bytes as another tool's", () => {
  const { protectedHeaders, unprotectedHeaders, payload } = decodeCwt(token, key);
  const made = encodeCwt({ protectedHeaders, unprotectedHeaders, payload, hasCwtTag: true }, key);
  expect(Buffer.from(made).toString("hex")).toBe(token.toString("hex"));
});

it("FN-I-50: a function takes the module by require(), too", async () => {
  expect(await logsOf("console.log(typeof require('cloudfront').cwt.validateToken);")).toEqual([
    "function",
  ]);
});
