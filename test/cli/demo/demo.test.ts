import { runCommandLine } from '../command-line'

afterEach(() => {
  delete process.env.ASTROLABE_INGEST_URL
})

describe('demo', () => {
  it('delivers the examples to the sandbox and shows the Users, Accounts and events that it holds', async () => {
    const { stdout, stderr, exitCode } = await runCommandLine(['demo'])

    expect(stdout.replace(/:\d{4,5}\//, ':PORT/')).toMatchInlineSnapshot(`
      "Delivering examples/events.ndjson to a sandbox of Astrolabe in this process (http://127.0.0.1:PORT/v1)

       1  delivered      identify  userId123
       2  delivered      group     0e8c78ea9d97a7b8185e8632  userId123
       3  delivered      track     User Registered  userId123
       4  delivered      identify  userId123
       5  delivered      identify  userId123
       6  delivered      track     Pricing Viewed  507f191e810c19729de860ea
       7  delivered      identify  507f191e810c19729de860ea
       8  delivered      track     Report Exported  userId123
       9  filtered       track     Password Changed  userId123

      read           9
      delivered      8
      not subscribed 0
      filtered       1
      rejected       0
      failed         0

      1 filtered: The event's integrations object keeps it from Astrolabe: integrations.Astrolabe is false.
        first at examples/events.ndjson, line 9

      Users
      ┌───────────┬─────────────────────┬─────────────────────┬──────────────────────┐
      │ User ID   │ Anonymous IDs       │ Traits              │ Accounts             │
      ├───────────┼─────────────────────┼─────────────────────┼──────────────────────┤
      │ userId123 │                     │ email: "john.doe@ex │ 0e8c78ea9d97a7b8185e │
      │           │                     │ ample.com"          │ 8632                 │
      │           │                     │ order_completed_las │                      │
      │           │                     │ t_30days: false     │                      │
      ├───────────┼─────────────────────┼─────────────────────┼──────────────────────┤
      │           │ 507f191e810c19729de │ campaign: "spring"  │                      │
      │           │ 860ea               │                     │                      │
      └───────────┴─────────────────────┴─────────────────────┴──────────────────────┘

      Accounts
      ┌──────────────────────────┬────────────────────────┬───────────┐
      │ Account ID               │ Traits                 │ Users     │
      ├──────────────────────────┼────────────────────────┼───────────┤
      │ 0e8c78ea9d97a7b8185e8632 │ name: "Initech"        │ userId123 │
      │                          │ industry: "Technology" │           │
      │                          │ employees: 329         │           │
      │                          │ plan: "enterprise"     │           │
      │                          │ total billed: 830      │           │
      └──────────────────────────┴────────────────────────┴───────────┘

      Events
      ┌─────────────────┬───────────────────┬───────────────────┬────────────────────┐
      │ Event           │ User              │ Account           │ Properties         │
      ├─────────────────┼───────────────────┼───────────────────┼────────────────────┤
      │ User Registered │ userId123         │                   │ plan: "Pro Annual" │
      │                 │                   │                   │ accountType:       │
      │                 │                   │                   │ "Facebook"         │
      ├─────────────────┼───────────────────┼───────────────────┼────────────────────┤
      │ Report Exported │ userId123         │ 0e8c78ea9d97a7b81 │ format: "csv"      │
      │                 │                   │ 85e8632           │ rows: 1200         │
      ├─────────────────┼───────────────────┼───────────────────┼────────────────────┤
      │ Pricing Viewed  │ 507f191e810c19729 │                   │ page: "/pricing"   │
      │                 │ de860ea           │                   │                    │
      └─────────────────┴───────────────────┴───────────────────┴────────────────────┘

      Next, walk the same steps in a browser:
        npx astrolabe-segment console
      "
    `)
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })
})
