import { main } from './main'

// npm runs scripts in the project's folder: a relative path is meant from where the user is.
void main(process.argv.slice(2), process, process.env.INIT_CWD ?? process.cwd())
