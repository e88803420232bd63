// The part of node-forge that certificates need. The bundle leaves out the rest: TLS, SSH, PKCS #7 and others.
require('node-forge/lib/pki')
require('node-forge/lib/sha256')

module.exports = require('node-forge/lib/forge')
