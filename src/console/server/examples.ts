import type { ExampleGroup } from './api'

/**
 * Events to start from on the Test page. None has a `messageId` or a date: Segment adds them, so an example can be sent
 * again and again.
 */
export const EXAMPLES: ExampleGroup[] = [
  {
    title: 'Segment Spec',
    examples: [
      {
        title: 'Identify',
        event: { type: 'identify', userId: 'userId123', traits: { email: 'john.doe@example.com' } }
      },
      {
        title: 'Group',
        event: {
          type: 'group',
          groupId: '0e8c78ea9d97a7b8185e8632',
          userId: 'userId123',
          traits: { name: 'Initech', industry: 'Technology', employees: 329, plan: 'enterprise', 'total billed': 830 }
        }
      },
      {
        title: 'Track',
        event: {
          type: 'track',
          event: 'User Registered',
          userId: 'userId123',
          properties: { plan: 'Pro Annual', accountType: 'Facebook' }
        }
      },
      {
        title: 'Anonymous visitor',
        event: {
          type: 'track',
          event: 'Pricing Viewed',
          anonymousId: '507f191e810c19729de860ea',
          properties: { page: '/pricing' }
        }
      }
    ]
  },
  {
    title: 'Engage',
    examples: [
      { title: 'User enters an audience', event: audience(true) },
      { title: 'User leaves an audience', event: audience(false) },
      {
        title: 'Computed trait',
        event: {
          type: 'identify',
          userId: 'userId123',
          traits: { total_orders: 4 },
          context: {
            personas: { computation_class: 'computed_trait', computation_key: 'total_orders', namespace: 'spa_example' }
          }
        }
      }
    ]
  },
  {
    title: 'Reverse ETL',
    examples: [
      {
        title: 'Row of a users table',
        event: {
          type: 'identify',
          userId: '42',
          traits: { EMAIL: 'john.doe@example.com', LIFETIME_VALUE: 1830.5, CHURNED_AT: null }
        }
      },
      {
        title: 'Row of a companies table',
        event: {
          type: 'group',
          groupId: '7',
          traits: { NAME: 'Initech', SEATS: 50, CREATED_AT: '2024-01-31 09:00:00' }
        }
      }
    ]
  },
  {
    title: 'Not delivered',
    examples: [
      {
        title: 'Filtered by the integrations object',
        event: {
          type: 'track',
          event: 'Password Changed',
          userId: 'userId123',
          integrations: { All: true, Astrolabe: false }
        }
      },
      { title: 'Wrong case of the type', event: { type: 'Track', event: 'User Registered', userId: 'userId123' } },
      { title: 'A call that no mapping accepts', event: { type: 'page', name: 'Pricing', userId: 'userId123' } }
    ]
  }
]

function audience(isMember: boolean) {
  return {
    type: 'identify',
    userId: 'userId123',
    traits: { order_completed_last_30days: isMember },
    context: {
      personas: {
        computation_class: 'audience',
        computation_key: 'order_completed_last_30days',
        namespace: 'spa_example'
      }
    }
  }
}
