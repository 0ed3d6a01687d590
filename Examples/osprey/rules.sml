# Looks at the message, never punishes: somebody reads it first. 'support' comes before everything else.
MessageBand: str = JagaBand(text=MessageText, room=RoomId, message=MessageId, author=UserId)

AsksForHelp = Rule(when_all=[MessageBand == 'support'], description='Somebody asks for help')
LookNow = Rule(when_all=[MessageBand == 'high'], description='A move that cannot wait')
Look = Rule(when_all=[MessageBand == 'review'], description='A careful moderator would want to look')
