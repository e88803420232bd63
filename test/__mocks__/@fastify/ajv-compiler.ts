/**
 * The servers of a test file share their compiled schemas, because compiling them takes longer than most tests. Servers
 * with the same schemas and options validate alike, so sharing is safe. The framework would compile for each server.
 */
const createCompiler = jest.requireActual<() => unknown>('@fastify/ajv-compiler')
const shared = createCompiler()

module.exports = () => shared
