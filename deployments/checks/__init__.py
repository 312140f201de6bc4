"""What is checked before a change is kept (`test`) and before an issue is resolved (`check`)."""
