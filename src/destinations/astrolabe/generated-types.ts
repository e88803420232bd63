// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Your Astrolabe API key
   */
  apiKey: string
}
